import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { backupDirectory, clockAt, moments } from "../tests/support/backup_directory.ts";
import { tempDir } from "../tests/support/temp_dir.ts";
import { backup } from "./backup.ts";
import { noteRun } from "./directory/run_log.ts";
import { Catalog } from "./catalog/catalog.ts";
import { HoldfastError } from "./errors.ts";
import { pin } from "./edit.ts";
import { listBackups } from "./list.ts";
import { planPrune, prune } from "./prune.ts";

const last = "2026-03-10T12:00:00Z";
const clock = clockAt("2026-03-10T13:00:00Z");

Deno.test("prune moves what the policy does not keep to the trash, with a reason", async () => {
  await using made = await backupDirectory(moments(last, 24, 6));
  const { directory } = made;
  const events: string[] = [];
  const { trashed, purged } = await prune({
    directory,
    policy: { keepLast: 4 },
    clock,
    onEvent: ({ type }) => events.push(type),
  });
  assert.deepEqual(trashed.map(({ name }) => name), [
    "2026-03-06_12-00-00.db",
    "2026-03-05_12-00-00.db",
  ]);
  assert.deepEqual(trashed.map(({ why }) => why), [
    "older than the policy keeps",
    "older than the policy keeps",
  ]);
  assert.deepEqual(purged, []);
  assert.deepEqual(made.names(".trash"), ["2026-03-05_12-00-00.db", "2026-03-06_12-00-00.db"]);
  assert.equal((await listBackups({ directory })).backups.length, 4);
  const all = await listBackups({ directory, deleted: true });
  assert.deepEqual(
    all.backups.filter(({ status }) => status === "deleted").map(({ path }) => path),
    ["2026-03-06_12-00-00.db", "2026-03-05_12-00-00.db"].map((name) =>
      `${directory}/.trash/${name}`
    ),
  );
  assert.equal(events.at(-1), "finished");
});

Deno.test("prune as a dry run changes nothing and shows the same plan", async () => {
  await using made = await backupDirectory(moments(last, 24, 6));
  const { directory } = made;
  const before = made.names();
  const { plan, dryRun, trashed } = await prune({
    directory,
    policy: { keepLast: 4 },
    clock,
    dryRun: true,
  });
  assert.equal(plan.delete.length, 2);
  assert.deepEqual([dryRun, trashed.length], [true, 0]);
  assert.deepEqual(made.names(), before);
});

Deno.test("prune refuses a plan that takes more than half, unless allowed", async () => {
  await using made = await backupDirectory(moments(last, 24, 9));
  const options = { directory: made.directory, policy: { keepLast: 3 }, clock };
  await assert.rejects(prune(options), (error: unknown) => {
    assert.ok(error instanceof HoldfastError);
    assert.equal(error.code, "USAGE");
    return true;
  });
  assert.equal(made.names(".trash").length, 0);
  const { trashed } = await prune({ ...options, allowMassDelete: true });
  assert.equal(trashed.length, 6);
});

Deno.test("prune deletes nothing where the answer is no, or the policy is empty", async () => {
  await using made = await backupDirectory(moments(last, 24, 6));
  const { directory } = made;
  await assert.rejects(
    prune({ directory, policy: { keepLast: 4 }, clock, confirm: () => false }),
    { code: "CANCELLED" },
  );
  await assert.rejects(prune({ directory, policy: {}, clock }), { code: "CONFIG_INVALID" });
  await assert.rejects(prune({ directory, policy: { keepLast: 4 }, zone: "Mars/Base", clock }));
  assert.equal(made.names(".trash").length, 0);
});

Deno.test("prune is suspended by a failed backup, but not by a full disk", async () => {
  await using made = await backupDirectory(moments(last, 24, 6));
  const { directory } = made;
  const fail = (code: string): void => {
    using catalog = Catalog.openToWrite(directory);
    const at = Temporal.Now.instant();
    noteRun("backup", { catalog, clock: clockAt(at.toString()) }, { outcome: "failed", code });
  };
  fail("DATABASE_CORRUPT");
  const held = await prune({ directory, policy: { keepLast: 4 }, clock });
  assert.deepEqual(held.warnings.map(({ code }) => code), ["PRUNE_SUSPENDED"]);
  assert.deepEqual([held.plan.suspended, held.trashed.length], ["DATABASE_CORRUPT", 0]);
  fail("NO_SPACE");
  assert.equal((await prune({ directory, policy: { keepLast: 4 }, clock })).trashed.length, 2);
});

Deno.test("prune keeps what is pinned and records whose file is missing", async () => {
  await using made = await backupDirectory(moments(last, 24, 6));
  const { directory } = made;
  const [oldest, second] = made.records;
  assert.ok(oldest && second);
  await pin({ directory, backups: [oldest.name] });
  await Deno.remove(second.path);
  const { keep } = await planPrune({ directory, policy: { keepLast: 3 }, clock });
  const why = new Map(keep.map(({ backup, why }) => [backup.name, why]));
  assert.equal(why.get(oldest.name), "pinned");
  assert.match(why.get(second.name) ?? "", /missing/);
});

Deno.test("backup applies the policy, and says what went", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  using app = new DatabaseSync(database);
  app.exec("CREATE TABLE notes (text TEXT)");
  const retention = { keepLast: 1, minKeep: 1 };
  const first = await backup({ database, retention });
  const second = await backup({ database, retention });
  assert.deepEqual(second.pruned.map(({ id }) => id), [first.id]);
  const kept = await backup({ database, retention: false });
  assert.deepEqual(kept.pruned, []);
  assert.equal((await listBackups({ database })).backups.length, 2);
  await assert.rejects(backup({ database, retention: { keepLast: -1 } }), {
    code: "CONFIG_INVALID",
  });
  assert.equal((await listBackups({ database })).backups.length, 2);
});
