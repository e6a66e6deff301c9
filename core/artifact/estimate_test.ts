import { deepEqual, match, rejects } from "node:assert/strict";
import { backup } from "../backup.ts";
import { makeSampleDatabase } from "../../tests/support/sample_database.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";

Deno.test("backup refuses a database above maxSizeMB and leaves nothing", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  makeSampleDatabase(database);
  await rejects(backup({ database, maxSizeMB: 0.001 }), { code: "TOO_LARGE" });
  deepEqual(Array.from(Deno.readDirSync(dir.path), ({ name }) => name), ["app.db"]);
  await backup({ database, maxSizeMB: 1 });
});

Deno.test("backup warns of a database above warnSizeMB, and takes it", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  makeSampleDatabase(database);
  const codes = async (warnSizeMB: number): Promise<readonly string[]> => {
    const { path, warnings } = await backup({ database, warnSizeMB });
    match(path, /\.db$/);
    return warnings.map(({ code }) => code);
  };
  deepEqual(await codes(0.001), ["LARGE"]);
  deepEqual(await codes(1), []);
});
