import { deepEqual, equal, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { backup } from "../backup.ts";
import { checkCatalog, repairCatalog } from "../catalog_care.ts";
import { listBackups } from "../list.ts";
import { makeSampleDatabase } from "../../tests/support/sample_database.ts";
import { type TempDir, tempDir } from "../../tests/support/temp_dir.ts";

/** A database with a backup, and its catalog as a kill in the middle of a transaction leaves it. */
async function killedWhileWriting(dir: TempDir): Promise<string> {
  const database = dir.join("app.db");
  makeSampleDatabase(database);
  await backup({ database, note: "keep me" });
  const path = dir.join("backups/catalog.db");
  {
    using catalog = new DatabaseSync(path);
    // What does not fit in the cache is written before the commit, the journal before that.
    catalog.exec("PRAGMA cache_size = 1; BEGIN; UPDATE backup_records SET description = 'lost'");
    catalog.exec("CREATE TABLE filler (x); INSERT INTO filler VALUES (zeroblob(200000))");
    for (const suffix of ["", "-journal"]) {
      Deno.copyFileSync(`${path}${suffix}`, `${path}${suffix}.then`);
    }
    catalog.exec("ROLLBACK");
  }
  for (const suffix of ["", "-journal"]) {
    Deno.renameSync(`${path}${suffix}.then`, `${path}${suffix}`);
  }
  return database;
}

Deno.test("openReadOnly lets SQLite roll back what a killed run had begun to write", async () => {
  await using dir = await tempDir();
  const database = await killedWhileWriting(dir);
  const [only] = (await listBackups({ database })).backups;
  equal(only?.note, "keep me");
  deepEqual((await checkCatalog({ database })).findings, []);
  equal((await backup({ database })).unchanged, false);
});

Deno.test("openReadOnly gives a repair all that the catalog had before the kill", async () => {
  await using dir = await tempDir();
  const database = await killedWhileWriting(dir);
  Deno.removeSync(dir.join("backups/backup_manifest.json"));
  await repairCatalog({ database });
  const [only] = (await listBackups({ database })).backups;
  equal(only?.note, "keep me");
});

Deno.test("Catalog that was killed before it held anything is none", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  makeSampleDatabase(database);
  Deno.mkdirSync(dir.join("backups"));
  Deno.writeFileSync(dir.join("backups/catalog.db"), new Uint8Array());
  deepEqual((await listBackups({ database })).backups, []);
  ok((await backup({ database })).size > 0);
});
