/**
 * Restores a staged backup into a scratch file, as a restore would, and proves that it
 * works there.
 *
 * @module
 */

import type { BackupRecord } from "./backup_record.ts";
import type { Clock } from "../clock.ts";
import { runJob } from "../engine/client.ts";
import type { ProveResult } from "../engine/protocol.ts";
import { refuseWithoutRoom } from "./estimate.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { fileBody } from "../files/file_body.ts";
import { Staging } from "../files/staging.ts";
import { provedIn, type VerifyContext } from "./prove_staged.ts";

/** How long each part of a drill took, in milliseconds. */
export interface DrillTimes {
  /** Writing and syncing the scratch file. */
  readonly restoreMs: number;
  /** Hash, integrity, foreign keys, what is expected. */
  readonly proofMs: number;
  /** Opening it as an application would, and counting all rows. */
  readonly openMs: number;
}

/** What a drill found. */
export interface Drilled {
  readonly proved: ProveResult;
  /** What is bad beyond the proof. */
  readonly faults: readonly string[];
  readonly times: DrillTimes;
}

/** Drills the staged file; the scratch file is gone afterwards. */
export async function drillArtifact(
  staged: string,
  work: {
    readonly record: BackupRecord | undefined;
    readonly context: VerifyContext;
    readonly clock: Clock;
  },
): Promise<Drilled> {
  const { context, record, clock } = work;
  const { report, signal } = context;
  await using staging = await Staging.create(context.directory);
  const scratch = staging.file("scratch.db");
  const began = clock.elapsed();
  const body = await fileBody(staged);
  await refuseWithoutRoom(context.directory, body.size);
  await writeFileAtomic(scratch, body.stream(), {
    signal,
    onProgress: (done) =>
      report.progress({ phase: "restore", done, total: body.size, unit: "bytes" }),
  });
  const restored = clock.elapsed();
  const proved = await provedIn(staging, scratch, {
    ...context,
    verify: "full",
    expectSha256: record?.sha256,
  });
  const checked = clock.elapsed();
  const live = await runJob("inspect", { path: scratch, busyMs: 1_000, count: true }, {
    grant: { read: [staging.path], write: [staging.path] },
    deadlineMs: context.deadlineMs,
    signal,
  });
  return {
    proved,
    faults: countFaults(record, live.recordCount ?? {}),
    times: {
      restoreMs: Math.round(restored - began),
      proofMs: Math.round(checked - restored),
      openMs: Math.round(clock.elapsed() - checked),
    },
  };
}

/** Tables whose rows are not as many as when the backup was taken. */
function countFaults(
  record: BackupRecord | undefined,
  found: Readonly<Record<string, number | null>>,
): string[] {
  return Object.entries(record?.metadata.recordCount ?? {}).flatMap(([table, rows]) =>
    found[table] === rows
      ? []
      : [`the table "${table}" has ${found[table] ?? "no"} rows, not ${rows}`]
  );
}
