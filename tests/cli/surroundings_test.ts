import { equal } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { runHoldfast } from "../support/run_holdfast.ts";
import { tempDir } from "../support/temp_dir.ts";

Deno.test("holdfast backs up, restores and undoes in odd surroundings", async () => {
  await using dir = await tempDir();
  using app = new DatabaseSync(dir.join("app.db"));
  app.exec("CREATE TABLE works (title TEXT); INSERT INTO works VALUES ('Ninth')");
  const works = (): unknown => app.prepare("SELECT count(*) AS n FROM works").get()?.n;
  const env = {
    // Deno lets only those hand these on who may run every program.
    LD_LIBRARY_PATH: "/nowhere",
    DYLD_LIBRARY_PATH: "/nowhere",
    HOME: "/nowhere",
    TZ: "Mars/Base",
    LC_ALL: "xx_YY",
    TERM: "weird",
    COLUMNS: "0",
  };
  const run = async (...args: string[]): Promise<void> => {
    const { code, stderr } = await runHoldfast(args, { cwd: dir.path, env });
    equal(code, 0, stderr);
  };
  await run("backup", "app.db");
  app.exec("DELETE FROM works");
  await run("restore", "latest", "--database", "app.db", "--yes");
  equal(works(), 1);
  await run("undo", "--database", "app.db", "--yes");
  equal(works(), 0);
});
