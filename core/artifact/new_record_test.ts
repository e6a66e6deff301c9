import { deepEqual, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { Catalog } from "../catalog/catalog.ts";
import { systemClock } from "../clock.ts";
import { addBackup } from "./new_record.ts";

Deno.test("addBackup leaves no file under a backup's name where its record cannot be written", async () => {
  await using dir = await tempDir();
  using catalog = Catalog.openToWrite(dir.path);
  {
    using other = new DatabaseSync(dir.join("catalog.db"));
    other.exec(`CREATE TRIGGER full BEFORE INSERT ON backup_records
      BEGIN SELECT RAISE (ABORT, 'no room'); END`);
  }
  const folder = dir.join(".staging");
  const staged = `${folder}/snapshot.db`;
  await Deno.mkdir(folder);
  await Deno.writeTextFile(staged, "proved");
  const backup = {
    staged,
    folder,
    takenAt: systemClock.now(),
    reason: "manual",
    size: 6,
    sha256: "",
    proof: "checked",
    metadata: {},
  } as const;
  await rejects(addBackup(backup, { catalog, clock: systemClock }), /no room/);
  deepEqual([...Deno.readDirSync(dir.path)].map(({ name }) => name).sort(), [
    ".staging",
    "catalog.db",
  ]);
  deepEqual(await Deno.readTextFile(staged), "proved");
});
