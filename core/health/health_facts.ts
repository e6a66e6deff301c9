/**
 * What health judges, gathered without a lock.
 *
 * @module
 */

import { type BackupRecord, proofAtLeast } from "../artifact/backup_record.ts";
import { Catalog } from "../catalog/catalog.ts";
import type { Run } from "../catalog/run.ts";
import type { Clock } from "../clock.ts";
import { isThere } from "../database_file.ts";
import { freeSpace } from "../files/free_space.ts";
import { isDirectory } from "../files/is_file.ts";
import { directoryGrowth } from "./growth.ts";
import { isGoodHere, lastFailureOf, type LocalBackup, withPresence } from "./local_backups.ts";
import type { Place } from "../directory/place.ts";
import type { TargetFinding } from "../extend/target_report.ts";
import { copiesOf } from "../targets/copies_table.ts";
import { keptFindings } from "../targets/findings.ts";
import { type CheckedCopies, checkedCopies } from "../targets/checked_copies.ts";
import { watchMarkIn } from "../watch/watch_mark.ts";

/** Facts about the backups of a database. Instants are ISO 8601 in UTC. */
export interface HealthFacts {
  /** When it was looked. */
  readonly at: string;
  /** The live database is there. */
  readonly databaseThere: boolean;
  /** Backups that the catalog knows. */
  readonly count: number;
  /** When the newest good one was taken. */
  readonly lastGood: string | null;
  /** Bytes of that one. */
  readonly lastSize: number | null;
  /** When one was last proved at least `checked`. */
  readonly lastProven: string | null;
  /** When a copy last arrived on a target. */
  readonly lastOffsite: string | null;
  /** Names of those whose file is gone or has another size. */
  readonly missing: readonly string[];
  /** Names of those whose time lies in the future. */
  readonly future: readonly string[];
  /** The code with which the last backup failed; `null` where it went well. */
  readonly lastFailure: string | null;
  /** Backups that failed in a row, up to now. */
  readonly failuresInARow: number;
  /** Backups of the last 30 days that ended, and how many of them well. */
  readonly runs: number;
  /** Those that ended well. */
  readonly successes: number;
  /** When a backup of the schedule last began. */
  readonly lastScheduled: string | null;
  /** When the live database was last found to be the same as the newest good backup. */
  readonly lastSame?: string | null | undefined;
  /** Notifiers whose last message could not be sent. */
  readonly notNotified?: readonly string[] | undefined;
  /** When the process that stays was last seen, where it was not stopped. */
  readonly watcherSeen?: string | null | undefined;
  /** Targets with copies that were found bad, or where something else was found. */
  readonly targetTrouble?: readonly TargetTrouble[] | undefined;
  /** What is known of the copies on each target. */
  readonly copies?: readonly CheckedCopies[] | undefined;
  /** Bytes that may be written there; `null` where the system does not tell. */
  readonly free: number | null;
  /** Bytes by which the directory grows in a day; `null` where too little is known. */
  readonly growth: number | null;
  /** Share of pages without content, in the newest good backup; `null` where it is not known. */
  readonly freePages: number | null;
}

/** What the catalog knows against the copies on a target. */
export interface TargetTrouble {
  /** The target's name. */
  readonly target: string;
  /** Copies that were found damaged or gone. */
  readonly bad: number;
  /** What was found when the place was last looked at. */
  readonly findings: readonly TargetFinding[];
}

const DAYS_30 = 30 * 86_400_000;

/** Looks at the catalog, the files and the disk. */
export async function gatherHealth(
  { database, directory }: Place,
  clock: Clock,
): Promise<HealthFacts> {
  const now = clock.now();
  using catalog = Catalog.openToRead(directory);
  const backups = await withPresence(catalog?.records() ?? []);
  const runs = catalog?.runs() ?? [];
  const good = backups.filter(isGoodHere);
  const space = await isDirectory(directory) ? await freeSpace(directory) : undefined;
  return {
    at: now.toString({ fractionalSecondDigits: 3 }),
    databaseThere: await isThere(database),
    count: backups.length,
    lastGood: newestOf(good.map(({ createdAt }) => createdAt)),
    lastSize: good[0]?.size ?? null,
    lastProven: newestOf(good.filter(isProven).map(({ provedAt }) => provedAt)),
    lastOffsite: catalog === undefined ? null : lastOffsite(catalog),
    missing: backups.filter(({ present }) => !present).map(({ name }) => name),
    future: backups.filter(({ createdAt }) => Date.parse(createdAt) > now.epochMilliseconds)
      .map(({ name }) => name),
    ...runFacts(runs, now),
    lastSame: lastSame(runs, good[0]),
    notNotified: notNotified(runs),
    watcherSeen: watcherSeen(catalog),
    targetTrouble: catalog === undefined ? [] : targetTrouble(catalog),
    copies: catalog === undefined ? [] : checkedCopies(catalog, runs),
    free: space?.free ?? null,
    growth: directoryGrowth(runs, now) ?? null,
    freePages: freePagesOf(good),
  };
}

function runFacts(runs: readonly Run[], now: Temporal.Instant): Pick<
  HealthFacts,
  "lastFailure" | "failuresInARow" | "runs" | "successes" | "lastScheduled"
> {
  const ended = runs.filter(({ job, outcome }) =>
    job === "backup" && ["done", "partly", "failed"].includes(outcome)
  );
  const recent = ended.filter(({ startedAt }) =>
    now.epochMilliseconds - Date.parse(startedAt) <= DAYS_30
  );
  const lastWell = ended.findIndex(({ outcome }) => outcome !== "failed");
  return {
    lastFailure: lastFailureOf(runs) ?? null,
    failuresInARow: lastWell < 0 ? ended.length : lastWell,
    runs: recent.length,
    successes: recent.filter(({ outcome }) => outcome !== "failed").length,
    lastScheduled:
      runs.find(({ job, details }) => job === "backup" && details.reason === "auto:schedule")
        ?.startedAt ?? null,
  };
}

/** A run that found nothing to do says that the newest good one still holds. */
function lastSame(runs: readonly Run[], newest: LocalBackup | undefined): string | null {
  const run = runs.find(({ job, outcome, backupId }) =>
    job === "backup" && outcome === "skipped" && backupId === newest?.id
  );
  return run?.startedAt ?? null;
}

function notNotified(runs: readonly Run[]): readonly string[] {
  const last = new Map<string, Run["outcome"]>();
  for (const { job, outcome, details } of runs) {
    const name = String(details.notifier);
    if (job === "notify" && !last.has(name)) last.set(name, outcome);
  }
  return [...last].filter(([, outcome]) => outcome === "failed").map(([name]) => name);
}

function watcherSeen(catalog: Catalog | undefined): string | null {
  const mark = watchMarkIn(catalog);
  return mark?.state === "running" ? mark.seen : null;
}

function targetTrouble(catalog: Catalog): readonly TargetTrouble[] {
  const rows = copiesOf(catalog);
  return [...new Set(rows.map(({ target }) => target))].map((target) => ({
    target,
    bad: rows.filter((row) => row.target === target && row.state === "bad").length,
    findings: keptFindings(catalog, target),
  })).filter(({ bad, findings }) => bad + findings.length > 0);
}

function isProven({ proof }: BackupRecord): boolean {
  return proofAtLeast(proof, "checked");
}

function lastOffsite(catalog: Catalog): string | null {
  const [row] = catalog.query("SELECT max(stored_at) AS at FROM copies");
  return typeof row?.at === "string" ? row.at : null;
}

/** A compacted copy has none, whatever the database has. */
function freePagesOf(good: readonly LocalBackup[]): number | null {
  const known = good.find(({ metadata }) => metadata.engine !== "compact" && metadata.pageCount);
  if (known?.metadata.pageCount === undefined) return null;
  return (known.metadata.freePages ?? 0) / known.metadata.pageCount;
}

function newestOf(instants: readonly (string | null)[]): string | null {
  const [newest] = instants.filter((at) => at !== null).sort().reverse();
  return newest ?? null;
}
