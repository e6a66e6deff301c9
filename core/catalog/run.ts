/**
 * One line of the catalog's log: who did what, when, and how it ended.
 *
 * @module
 */

import type { SQLInputValue } from "node:sqlite";
import type { JobName } from "../events.ts";

/** A run of a job: what `log` shows. Instants are ISO 8601 in UTC. */
export interface Run {
  /** Its own id. */
  readonly id: string;
  /** What was done. */
  readonly job: JobName;
  /** When it began. */
  readonly startedAt: string;
  /** `null` while it runs, or where it was killed. */
  readonly finishedAt: string | null;
  /** `running` where it runs or was killed. */
  readonly outcome: "running" | "done" | "partly" | "failed" | "cancelled" | "skipped";
  /** The code of the error. */
  readonly code: string | null;
  /** One line for people. */
  readonly message: string | null;
  /** The backup that it made, restored, deleted, … */
  readonly backupId: string | null;
  /** Who ran it: a name, or `uid 1000` where only the number was known. */
  readonly user: string | null;
  /** The machine that it ran on. */
  readonly host: string | null;
  /** More facts: `safetyBackup`, `bytes`, `target`, … */
  readonly details: Readonly<Record<string, unknown>>;
}

/** The values of a run by column. */
export function runRowOf(run: Run): Record<string, SQLInputValue> {
  return {
    id: run.id,
    job: run.job,
    started_at: run.startedAt,
    finished_at: run.finishedAt,
    outcome: run.outcome,
    code: run.code,
    message: run.message,
    backup_id: run.backupId,
    user: run.user,
    host: run.host,
    details: JSON.stringify(run.details),
  };
}

/** The run of a row. */
export function runOf(row: Readonly<Record<string, unknown>>): Run {
  const text = (value: unknown): string | null => value == null ? null : String(value);
  return {
    id: String(row.id),
    job: String(row.job) as JobName,
    startedAt: String(row.started_at),
    finishedAt: text(row.finished_at),
    outcome: String(row.outcome) as Run["outcome"],
    code: text(row.code),
    message: text(row.message),
    backupId: text(row.backup_id),
    // A catalog that is only read may still lack the column.
    user: text(row.user),
    host: text(row.host),
    details: JSON.parse(String(row.details)) as Record<string, unknown>,
  };
}
