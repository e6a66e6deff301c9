import { deepEqual } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { tempDir } from "../tests/support/temp_dir.ts";

Deno.test("findSqliteFiles() passes over folders and files that it may not read", async () => {
  await using dir = await tempDir();
  for (const folder of ["open", "closed"]) {
    await Deno.mkdir(dir.join(folder));
    for (const name of ["app.db", "secret.db"]) {
      using app = new DatabaseSync(dir.join(`${folder}/${name}`));
      app.exec("CREATE TABLE works (title TEXT)");
    }
  }
  await Deno.writeTextFile(dir.join("open/notes.db"), "no database".repeat(100));
  const module = new URL("./sqlite_files.ts", import.meta.url).href;
  await Deno.writeTextFile(
    dir.join("look.ts"),
    `import { findSqliteFiles } from ${JSON.stringify(module)};
console.log(JSON.stringify(await findSqliteFiles(".", { depth: 2, limit: 9 })));`,
  );
  const closed = `--deny-read=${dir.join("closed")},${dir.join("open/secret.db")}`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--allow-read", closed, "look.ts"],
    cwd: dir.path,
  }).output();
  const said = new TextDecoder().decode(stdout) || new TextDecoder().decode(stderr);
  deepEqual(JSON.parse(said), ["open/app.db"]);
});
