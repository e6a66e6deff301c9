import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { backupDirectory, clockAt, moments } from "../../tests/support/backup_directory.ts";
import { smallDisk } from "../../tests/support/small_disk.ts";
import { backup } from "../backup.ts";
import { Catalog } from "../catalog/catalog.ts";
import { deleteBackups } from "../delete.ts";
import { pin } from "../edit.ts";
import { listBackups } from "../list.ts";
import { settleTrash } from "./trash.ts";

const last = "2026-03-10T12:00:00Z";
const clock = clockAt("2026-03-10T13:00:00Z");

/** Each record is where it says, and nothing else lies there. */
async function consistent(directory: string, names: (folder?: string) => string[]): Promise<void> {
  const { backups } = await listBackups({ directory, deleted: true });
  const kept = backups.filter(({ status }) => status === "available").map(({ name }) => name);
  const trashed = backups.filter(({ status }) => status === "deleted").map(({ name }) => name);
  assert.deepEqual(names().filter((name) => name.endsWith("-00.db")), kept.sort());
  assert.deepEqual(names(".trash"), trashed.sort());
  assert.equal(kept.length + trashed.length, backups.length);
}

Deno.test("settleTrash moves files to where their records say", async () => {
  await using made = await backupDirectory(moments(last, 24, 4));
  const { directory, records: [first, second] } = made;
  assert.ok(first && second);
  using catalog = Catalog.openToWrite(directory);
  // Killed after the record of a deletion, and after the one of its taking back.
  catalog.put({ ...first, deletedAt: last });
  await Deno.mkdir(`${directory}/.trash`);
  await Deno.rename(second.path, `${directory}/.trash/${second.name}`);
  assert.equal(await settleTrash(catalog), 2);
  assert.equal(await settleTrash(catalog), 0);
  await consistent(directory, made.names);
});

for (const verb of ["deleteBackups", "undeleteBackups"]) {
  Deno.test(`${verb} killed before any step leaves record and file at one`, async () => {
    let step = 1;
    for (;; step++) {
      await using made = await backupDirectory(moments(last, 24, 4));
      const { directory, records } = made;
      const backups = records.slice(0, 2).map(({ name }) => name);
      if (verb === "undeleteBackups") await deleteBackups({ directory, backups, clock });
      const script = new URL("../../tests/support/killed_at.ts", import.meta.url);
      const options = JSON.stringify({ directory, backups });
      const { signal } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-q", "-A", fileURLToPath(script), String(step), verb, options],
        stderr: "inherit",
      }).output();
      await pin({ directory, backups: [records[3]?.name ?? ""], clock });
      await consistent(directory, made.names);
      if (signal === null) break;
    }
    assert.ok(step > 3, `${step} steps`);
  });
}

Deno.test("makeRoom empties the trash before it refuses", async () => {
  await using disk = await smallDisk(2_000);
  if (disk === undefined) return;
  await using made = await backupDirectory(moments(last, 24, 3));
  const directory = `${disk.path}/backups`;
  const { database } = made;
  {
    using app = new DatabaseSync(database);
    app.exec("INSERT INTO notes VALUES (zeroblob(300000))");
  }
  await Deno.mkdir(directory);
  const { id, name } = await backup({ database, directory, retention: false });
  await Deno.writeFile(`${directory}/${name}`, new Uint8Array(1_500_000), { append: true });
  const again = { database, directory, retention: false } as const;
  await assert.rejects(backup(again), { code: "NO_SPACE" });
  await deleteBackups({ directory, backups: [id], force: true });
  const { warnings } = await backup(again);
  assert.ok(warnings.some(({ code }) => code === "TRASH_EMPTIED"));
});
