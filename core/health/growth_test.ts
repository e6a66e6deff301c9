import { equal } from "node:assert/strict";
import { sampleRecord } from "../../tests/support/sample_record.ts";
import type { BackupRecord } from "../artifact/backup_record.ts";
import type { Run } from "../catalog/run.ts";
import { databaseGrowth, directoryGrowth } from "./growth.ts";

const now = Temporal.Instant.from("2026-03-31T12:00:00Z");

function record(daysAgo: number, size: number, other: Partial<BackupRecord> = {}): BackupRecord {
  const createdAt = now.subtract({ minutes: 1440 * daysAgo }).toString();
  return sampleRecord({ size, createdAt, ...other });
}

function run(daysAgo: number, job: Run["job"], details: Run["details"]): Run {
  const startedAt = now.subtract({ minutes: 1440 * daysAgo }).toString();
  return {
    id: crypto.randomUUID(),
    job,
    startedAt,
    finishedAt: startedAt,
    outcome: "done",
    code: null,
    message: null,
    backupId: null,
    user: null,
    host: null,
    details,
  };
}

Deno.test("databaseGrowth compares the newest backup with the oldest of 30 days", () => {
  equal(databaseGrowth([record(0, 5_000), record(10, 3_000), record(20, 1_000)]), 200);
  equal(databaseGrowth([record(0, 5_000), record(10, 4_000), record(31, 0)]), 100);
  equal(databaseGrowth([record(0, 1_000), record(10, 2_000)]), -100);
  const packed = record(20, 1, { format: "zip" });
  const compact = record(19, 2, { metadata: { engine: "compact" } });
  equal(databaseGrowth([record(0, 5_000), record(10, 3_000), compact, packed]), 200);
  equal(databaseGrowth([record(0, 5_000), record(0.9, 1_000)]), undefined);
  equal(databaseGrowth([record(0, 5_000)]), undefined);
  equal(databaseGrowth([]), undefined);
});

Deno.test("directoryGrowth is what backups added less what went for good", () => {
  const runs = [
    run(1, "backup", { bytes: 700 }),
    run(2, "prune", { purgedBytes: 300 }),
    run(5, "push", { bytes: 9_999 }),
    run(10, "backup", { bytes: 600 }),
  ];
  equal(directoryGrowth(runs, now), 100);
  equal(directoryGrowth([...runs, run(40, "backup", { bytes: 1e9 })], now), 100);
  equal(directoryGrowth([run(0.5, "backup", { bytes: 1 })], now), undefined);
  equal(directoryGrowth([], now), undefined);
});
