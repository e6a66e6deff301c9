import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { descriptorOf, openLive } from "./open.ts";
import type { EngineProgress } from "./protocol.ts";
import { keepLaterCommits, restore } from "./restore_in_place.ts";

Deno.test("keepLaterCommits refuses a file that was replaced by a rename since it was opened", async () => {
  await using dir = await tempDir();
  const live = dir.join("app.db");
  using app = new DatabaseSync(live);
  app.exec("CREATE TABLE t (x)");
  using _held = descriptorOf(live);
  using other = new DatabaseSync(dir.join("other.db"));
  other.exec("CREATE TABLE u (x); INSERT INTO u VALUES ('in no safety backup')");
  using _monitor = openLive(live, 1000);
  await Deno.rename(dir.join("other.db"), live);
  throws(
    () => keepLaterCommits({ live, safetyAgain: dir.join("again.db") }),
    { name: "HoldfastError", code: "DATABASE_BUSY" },
  );
  deepEqual([...Deno.readDirSync(dir.path)].map(({ name }) => name), ["app.db"]);
});

/** A database of one table with so many rows of 1 KB. */
function made(path: string, mode: string, rows: number): void {
  using database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = ${mode}; CREATE TABLE t (x);
    WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < ${rows})
    INSERT INTO t SELECT zeroblob(1000) FROM c`);
}

/** A word in the midst of the writing, and the one before the restored database is looked at. */
const moments: Readonly<Record<string, (progress: EngineProgress) => boolean>> = {
  "while it is written": ({ phase, done }) => phase === "restore" && done > 0,
  "while it is checked": ({ phase }) => phase === "check",
};

for (const mode of ["DELETE", "WAL"]) {
  for (const [when, isNow] of Object.entries(moments)) {
    Deno.test(`restore says that a ${mode} database was replaced by a rename ${when}`, async () => {
      await using dir = await tempDir();
      const [live, artifact, other] = ["app", "artifact", "other"].map((name) =>
        dir.join(`${name}.db`)
      ) as [string, string, string];
      made(live, mode, 10);
      made(artifact, "DELETE", 1000);
      made(other, "DELETE", 3);
      using _held = descriptorOf(live);
      let isReplaced = false;
      const tell = (progress: EngineProgress): void => {
        if (isReplaced || !isNow(progress)) return;
        isReplaced = true;
        Deno.renameSync(other, live);
      };
      await rejects(
        restore({ live, artifact, lockMs: 1000 }, tell),
        { name: "HoldfastError", code: "DATABASE_BUSY" },
      );
      using there = new DatabaseSync(live);
      equal(there.prepare("SELECT count(*) AS n FROM t").get()?.n, 3);
    });
  }
}
