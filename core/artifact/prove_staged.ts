/**
 * Hashes and checks a staged file, and compares it with its record.
 *
 * @module
 */

import type { BackupRecord } from "./backup_record.ts";
import type { Formats } from "./formats.ts";
import { judge, type ProofOptions, proveFile, startProver } from "./proof.ts";
import type { Clock } from "../clock.ts";
import type { ProveResult } from "../engine/protocol.ts";
import { HoldfastError } from "../errors.ts";
import type { Staging } from "../files/staging.ts";
import type { Report } from "../report.ts";

/** What verifying one backup works with. */
export interface VerifyContext extends ProofOptions {
  readonly report: Report;
  /** The backup directory, where the private folder is made. */
  readonly directory: string;
  readonly deadlineMs?: number | undefined;
  readonly formats?: Formats | undefined;
  /** Drill it, with this clock. */
  readonly deep?: boolean | undefined;
  readonly clock?: Clock | undefined;
  /** The hash that the file must have, where one is known. */
  readonly expectSha256?: string | null | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Hashes and checks a staged file. */
export async function provedIn(
  staging: Staging,
  path: string,
  { report, deadlineMs, signal, expectSha256, ...options }: VerifyContext,
): Promise<ProveResult> {
  await using prover = startProver(staging.path);
  return await proveFile(prover, { path, options, report, deadlineMs, signal, expectSha256 });
}

/** Whether the bytes are those that the record knows. */
export function hashFaults(proved: ProveResult, record: BackupRecord | undefined): string[] {
  if (record === undefined || record.sha256 === null || record.sha256 === proved.sha256) return [];
  return [
    `the file was changed: its SHA-256 is ${proved.sha256.slice(0, 12)}…, not ${
      record.sha256.slice(0, 12)
    }…`,
  ];
}

/** @throws {HoldfastError} `BACKUP_INVALID` where a file is not what its record says, or damaged. */
export function refuseBad(
  proved: ProveResult,
  work: {
    readonly record: BackupRecord | undefined;
    readonly path: string;
    readonly options: ProofOptions;
  },
): void {
  const [fault] = [...hashFaults(proved, work.record), ...judge(proved, work.options).faults];
  if (fault === undefined) return;
  throw new HoldfastError("BACKUP_INVALID", `Cannot restore "${work.path}": ${fault}`, {
    hint: "Nothing was changed. `holdfast verify --all` shows which backups are good.",
  });
}
