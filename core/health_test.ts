import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { backupDirectory, clockAt, moments } from "../tests/support/backup_directory.ts";
import { tempDir } from "../tests/support/temp_dir.ts";
import { backup } from "./backup.ts";
import { deleteBackups } from "./delete.ts";
import { health } from "./health.ts";
import { readLog } from "./log.ts";
import { healthMetrics, statsMetrics } from "./health/prometheus.ts";
import { stats } from "./stats.ts";

const last = "2026-03-10T12:00:00Z";
const clock = clockAt("2026-03-10T13:00:00Z");

Deno.test("health, stats and the log of a database without backups make no directory", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE notes (text TEXT)");
  }
  const { status, issues } = await health({ database });
  assert.equal(status, "error");
  assert.deepEqual(issues.map(({ code }) => code), ["NO_BACKUP"]);
  const { count, bytes, oldest } = await stats({ database });
  assert.deepEqual([count, bytes, oldest], [0, 0, null]);
  assert.deepEqual(await readLog({ database }), []);
  assert.deepEqual([...Deno.readDirSync(dir.path)].map(({ name }) => name), ["app.db"]);
});

Deno.test("health looks at the files, the database and the clock", async () => {
  await using made = await backupDirectory(moments(last, 24, 4));
  const { directory, database, records } = made;
  assert.equal((await health({ directory, clock })).status, "healthy");
  await Deno.writeTextFile(records[3]?.path ?? "", "longer", { append: true });
  const bent = await health({ directory, clock });
  assert.deepEqual(bent.facts.missing, [records[3]?.name]);
  assert.equal(bent.facts.lastGood, "2026-03-09T12:00:00.000Z");
  const early = await health({ directory, clock: clockAt("2026-03-08T00:00:00Z") });
  assert.equal(early.facts.future.length, 3);
  await Deno.remove(database);
  const codes = (await health({ directory, clock })).issues.map(({ code }) => code);
  assert.deepEqual(codes, ["DATABASE_MISSING", "FILES_MISSING"]);
});

Deno.test("health and the log tell of a failed backup", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  using app = new DatabaseSync(database);
  app.exec("CREATE TABLE notes (text TEXT)");
  const { id } = await backup({ database });
  assert.equal((await health({ database })).status, "healthy");
  await assert.rejects(backup({ database, expectTables: ["works"] }), { code: "BACKUP_INVALID" });
  const { issues } = await health({ database });
  assert.deepEqual(issues.map(({ code }) => code), ["BACKUP_FAILED", "RETENTION_SUSPENDED"]);
  await deleteBackups({ database, backups: [id], force: true });
  const log = await readLog({ database });
  assert.deepEqual(log.map(({ job, outcome, code, backupId }) => [job, outcome, code, backupId]), [
    ["delete", "done", null, id],
    ["backup", "failed", "BACKUP_INVALID", null],
    ["backup", "done", null, id],
  ]);
  assert.equal((await readLog({ database, failed: true })).length, 1);
  assert.equal((await readLog({ database, job: "delete" })).length, 1);
  assert.equal((await readLog({ database, limit: 2 })).length, 2);
  const soon = Temporal.Now.instant().add({ hours: 1 });
  assert.equal((await readLog({ database, since: soon })).length, 0);
});

Deno.test("stats counts by reason, trash and growth", async () => {
  await using made = await backupDirectory(
    moments(last, 24, 5),
    (_, index) => ({ reason: index === 0 ? "manual" : "auto:timer", pinned: index === 1 }),
  );
  const { directory, records } = made;
  await deleteBackups({ directory, backups: [records[4]?.name ?? ""], clock });
  await Deno.remove(records[3]?.path ?? "");
  const found = await stats({ directory, clock });
  assert.deepEqual([found.count, found.missing, found.pinned, found.trash.count], [3, 1, 1, 1]);
  assert.deepEqual(found.reasons.manual, { count: 1, bytes: records[0]?.size });
  assert.equal(found.reasons["auto:timer"]?.count, 2);
  assert.equal(found.average, Math.round(found.bytes / 3));
  assert.deepEqual([found.oldest, found.newest], [records[0]?.createdAt, records[2]?.createdAt]);
  assert.equal(found.databaseGrowth, 0);
  assert.equal(found.sizes.length, 3);
});

Deno.test("healthMetrics and statsMetrics write what Prometheus reads", async () => {
  await using made = await backupDirectory(moments(last, 24, 3));
  const { directory } = made;
  const name = 'C:\\data\\"a"\n.db';
  const one = { ...await health({ directory, clock }), database: name };
  const text = healthMetrics([one, { ...one, database: "b" }]) +
    statsMetrics([await stats({ directory, clock })]);
  const sample =
    /^holdfast_[a-z_]+\{[a-z]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z]+="[^"]*")*\} -?[\d.e+]+$/;
  for (const line of text.trimEnd().split("\n")) {
    assert.ok(/^# (?:HELP|TYPE) holdfast_[a-z_]+ \S/.test(line) || sample.test(line), line);
  }
  assert.ok(
    text.includes(
      'holdfast_health{database="C:\\\\data\\\\\\"a\\"\\n.db"} 0\nholdfast_health{database="b"} 0\n',
    ),
  );
  assert.equal(text.match(/# TYPE holdfast_health gauge/g)?.length, 1);
});
