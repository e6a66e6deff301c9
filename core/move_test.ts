import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import {
  type BackupDirectory,
  backupDirectory,
  clockAt,
  moments,
} from "../tests/support/backup_directory.ts";
import { smallDisk } from "../tests/support/small_disk.ts";
import { backup } from "./backup.ts";
import { checkCatalog } from "./catalog_care.ts";
import { deleteBackups } from "./delete.ts";
import { listBackups } from "./list.ts";
import { moveBackups } from "./move.ts";

const last = "2026-03-10T12:00:00Z";
const clock = clockAt("2026-03-10T13:00:00Z");

async function fourWithTrash(): Promise<BackupDirectory> {
  const made = await backupDirectory(moments(last, 24, 4));
  const { directory, records } = made;
  await deleteBackups({ directory, backups: [records[0]?.name ?? ""], clock });
  return made;
}

/** All four are there, wherever the directory is now. */
async function whole({ database, records }: BackupDirectory): Promise<string> {
  const { backups, directory } = await listBackups({ database, deleted: true });
  assert.deepEqual(backups.map(({ id }) => id).reverse(), records.map(({ id }) => id));
  for (const { path, name } of backups) {
    assert.equal(await Deno.readTextFile(path), `content of ${name}`);
  }
  return directory;
}

Deno.test("moveBackups moves everything, and the database still finds it", async () => {
  await using made = await fourWithTrash();
  const { database, directory, root } = made;
  await Deno.writeTextFile(`${directory}/letter.txt`, "not ours");
  const to = `${root}/far/away`;
  const { files, from } = await moveBackups({ database, to, clock });
  assert.deepEqual([files, from], [5, directory]);
  assert.equal(await whole(made), to);
  assert.deepEqual(made.names(), ["letter.txt", "moved_to.json"]);
  assert.deepEqual((await checkCatalog({ database })).findings, []);
  const taken = await backup({ database, retention: false });
  assert.ok(taken.path.startsWith(to));
  await moveBackups({ directory: to, to: `${root}/home` });
  assert.equal((await listBackups({ database })).directory, `${root}/home`);
  await Deno.rename(`${root}/home`, `${root}/unplugged`);
  await assert.rejects(backup({ database }), { code: "BACKUP_LIST_FAILED" });
});

Deno.test("moveBackups refuses a full folder, a nested one, and leaves nothing behind", async () => {
  await using made = await fourWithTrash();
  const { database, directory, root } = made;
  await Deno.mkdir(`${root}/full`);
  await Deno.writeTextFile(`${root}/full/letter.txt`, "mine");
  await assert.rejects(moveBackups({ database, to: database }), { code: "DESTINATION_EXISTS" });
  await assert.rejects(moveBackups({ database, to: `${root}/full` }), {
    code: "DESTINATION_EXISTS",
  });
  for (const to of [directory, `${directory}/below`, root]) {
    await assert.rejects(moveBackups({ database, to }), { code: "USAGE" });
  }
  const stop = new AbortController();
  const onEvent = ({ type }: { readonly type: string }): void => {
    if (type === "progress") stop.abort();
  };
  const to = `${root}/stopped`;
  await assert.rejects(moveBackups({ database, to, onEvent, signal: stop.signal }), {
    code: "CANCELLED",
  });
  assert.deepEqual([...Deno.readDirSync(root)].map(({ name }) => name).sort(), [
    "app.db",
    "backups",
    "full",
  ]);
  assert.equal(await whole(made), directory);
});

Deno.test("moveBackups moves to another filesystem, or says that it is too small", async () => {
  await using disk = await smallDisk(3_000);
  await using tiny = await smallDisk(16);
  if (disk === undefined || tiny === undefined) return;
  await using made = await backupDirectory(moments(last, 24, 4));
  await assert.rejects(moveBackups({ database: made.database, to: `${tiny.path}/backups` }), {
    code: "NO_SPACE",
  });
  assert.equal(await whole(made), made.directory);
  await moveBackups({ database: made.database, to: disk.path, clock });
  assert.equal(await whole(made), disk.path);
});

Deno.test("moveBackups killed before any step leaves a working directory, and ends when called again", async () => {
  let step = 1;
  for (;; step++) {
    await using made = await fourWithTrash();
    const { database, directory, root } = made;
    const to = `${root}/elsewhere`;
    const { signal } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-q",
        "-A",
        fileURLToPath(new URL("../tests/support/killed_at.ts", import.meta.url)),
        String(step),
        "moveBackups",
        JSON.stringify({ database, to }),
      ],
      stderr: "inherit",
    }).output();
    const at = await whole(made);
    assert.ok(at === directory || at === to);
    if (signal === null) break;
    if (at === directory) await moveBackups({ database, to });
    // Whatever comes next clears the old directory.
    await deleteBackups({ database, backups: [made.records[1]?.name ?? ""] });
    assert.equal(await whole(made), to);
    assert.deepEqual(made.names(), ["moved_to.json"], `after step ${step}`);
  }
  assert.ok(step > 15, `${step} steps`);
});
