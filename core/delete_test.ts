import assert from "node:assert/strict";
import { backupDirectory, clockAt, moments } from "../tests/support/backup_directory.ts";
import { deleteBackups, emptyTrash, undeleteBackups } from "./delete.ts";
import { editBackups, pin, unpin } from "./edit.ts";
import { listBackups } from "./list.ts";
import { prune } from "./prune.ts";

const last = "2026-03-10T12:00:00Z";
const clock = clockAt("2026-03-10T13:00:00Z");

Deno.test("deleteBackups puts a backup into the trash, undeleteBackups brings it back", async () => {
  await using made = await backupDirectory(moments(last, 24, 3));
  const { directory, records } = made;
  const [oldest] = records;
  assert.ok(oldest);
  const { backups } = await deleteBackups({ directory, backups: [oldest.name], clock });
  assert.deepEqual(backups.map(({ id }) => id), [oldest.id]);
  assert.deepEqual(made.names(".trash"), [oldest.name]);
  const back = await undeleteBackups({ directory, backups: [oldest.id.slice(0, 13)], clock });
  assert.deepEqual(back.backups, [oldest]);
  assert.deepEqual(made.names(".trash"), []);
  assert.equal(await Deno.readTextFile(oldest.path), `content of ${oldest.name}`);
});

Deno.test("deleteBackups forgets a backup whose file is gone", async () => {
  await using made = await backupDirectory(moments(last, 24, 3));
  const { directory, records: [oldest] } = made;
  assert.ok(oldest);
  await Deno.remove(oldest.path);
  const { forgotten } = await deleteBackups({ directory, backups: [oldest.name], clock });
  assert.deepEqual(forgotten, [oldest.name]);
  assert.equal((await listBackups({ directory, deleted: true })).backups.length, 2);
  await assert.rejects(undeleteBackups({ directory, backups: [oldest.name] }), {
    code: "BACKUP_NOT_FOUND",
  });
});

Deno.test("deleteBackups refuses a pinned one, the last good ones, and deletes none then", async () => {
  await using made = await backupDirectory(moments(last, 24, 3));
  const { directory, records } = made;
  const names = records.map(({ name }) => name);
  await pin({ directory, backups: names.slice(0, 1) });
  await assert.rejects(deleteBackups({ directory, backups: names }), { code: "USAGE" });
  await unpin({ directory, backups: names.slice(0, 1) });
  await assert.rejects(deleteBackups({ directory, backups: names }), { code: "USAGE" });
  await assert.rejects(deleteBackups({ directory, backups: ["2026"] }), { code: "USAGE" });
  await assert.rejects(deleteBackups({ directory, backups: ["", "x"] }), {
    code: "BACKUP_NOT_FOUND",
  });
  assert.deepEqual(made.names(".trash"), []);
  await deleteBackups({ directory, backups: names, force: true });
  assert.deepEqual(made.names(".trash"), names);
});

Deno.test("editBackups changes remark and expiry, which retention obeys", async () => {
  await using made = await backupDirectory(moments(last, 24, 6));
  const { directory, records: [oldest, second] } = made;
  assert.ok(oldest && second);
  const tomorrow = clock.now().add({ hours: 24 });
  await editBackups({
    directory,
    backups: [oldest.name],
    note: "as delivered",
    expiresAt: tomorrow,
  });
  await editBackups({
    directory,
    backups: [second.name],
    expiresAt: clock.now().subtract({ hours: 9 }),
  });
  const { trashed } = await prune({ directory, policy: { keepLast: 5 }, clock });
  assert.deepEqual(trashed.map(({ name }) => name), [second.name]);
  const { backups } = await listBackups({ directory });
  assert.equal(backups.find(({ id }) => id === oldest.id)?.note, "as delivered");
});

Deno.test("prune removes for good what has been in the trash for a week of backups", async () => {
  await using made = await backupDirectory(moments(last, 24, 12));
  const { directory, records } = made;
  const names = records.slice(0, 2).map(({ name }) => name);
  const before = clockAt("2026-03-02T12:30:00Z");
  await deleteBackups({ directory, backups: names.slice(0, 1), clock: before });
  await deleteBackups({ directory, backups: names.slice(1), clock });
  const { purged } = await prune({ directory, policy: { keepLast: 10 }, clock });
  assert.deepEqual(purged.map(({ name }) => name), names.slice(0, 1));
  assert.deepEqual(made.names(".trash"), names.slice(1));
  // Much later, but nothing was backed up since: only a clock says that time went by.
  const far = clockAt("2031-01-01T00:00:00Z");
  assert.deepEqual((await prune({ directory, policy: { keepLast: 10 }, clock: far })).purged, []);
  assert.equal((await emptyTrash({ directory })).backups.length, 1);
  assert.deepEqual(made.names(".trash"), []);
});
