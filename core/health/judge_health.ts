/**
 * Judges whether backups are as they should be. Pure: the facts come in.
 *
 * @module
 */

import { formatByteSize } from "../words/byte_size.ts";
import { describeDuration, parseDuration } from "../words/duration_expression.ts";
import type { TargetFinding } from "../extend/target_report.ts";
import { findingCode } from "../targets/findings.ts";
import type { CheckRule } from "../targets/checked_copies.ts";
import { copiesIssues } from "./copies_issues.ts";
import type { HealthFacts } from "./health_facts.ts";
import type { CheckedSchedule } from "../schedule/schedule.ts";
import { nextRuns } from "../schedule/schedule_runs.ts";

/** How old things may be. */
export interface MaxAge {
  /** The newest good backup: `"26h"` by default. */
  readonly good?: string | undefined;
  /** The newest proof: `"8d"` by default. */
  readonly proven?: string | undefined;
  /** The newest copy on a target: `"8d"` by default. */
  readonly offsite?: string | undefined;
}

/** What is judged by. */
export interface HealthRules {
  /** How old things may be. */
  readonly maxAge?: MaxAge | undefined;
  /** Targets that copies should go to. */
  readonly targets?: number | undefined;
  /** Their names: trouble that the catalog knows of other places is passed over. */
  readonly targetNames?: readonly string[] | undefined;
  /** What is known of the targets from elsewhere, as `health` of their kinds tells it. */
  readonly found?: readonly HealthIssue[] | undefined;
  /** Targets in use whose copies should be checked by themselves, and how often. */
  readonly copies?: readonly CheckRule[] | undefined;
  /** When backups should happen by themselves. */
  readonly schedule?: CheckedSchedule | undefined;
}

/** Something that is not as it should be. */
export interface HealthIssue {
  /** Whether data would be lost today, or soon could be. */
  readonly level: "warning" | "error";
  /** A word for programs. */
  readonly code: string;
  /** A sentence without its end. */
  readonly message: string;
  /** What to do now. */
  readonly hint: string;
}

/** A database is dead weight from this share of free pages on. */
const FREE_PAGES = 0.25;
/** So many days before the disk is full it is worth a word. */
const FULL_DAYS = 14;
/** A run of the schedule may come so late. */
const LATE_HOURS = 1;
/** The process that stays says every 10 minutes that it is there. */
const WATCHER_SILENT = Temporal.Duration.from({ minutes: 30 });

/** Everything that is not as it should be, errors first. */
export function judgeHealth(facts: HealthFacts, rules: HealthRules = {}): readonly HealthIssue[] {
  const issues = [
    ...ageIssues(facts, rules),
    ...fileIssues(facts),
    ...runIssues(facts, rules),
    ...spaceIssues(facts),
    ...targetIssues(facts, rules),
    ...rules.found ?? [],
    ...copiesIssues(facts, rules.copies ?? []),
  ];
  return issues.toSorted((a, b) => Number(b.level === "error") - Number(a.level === "error"));
}

function* ageIssues(facts: HealthFacts, { maxAge = {}, targets = 0 }: HealthRules): Issues {
  const good = parseDuration(maxAge.good ?? "26h");
  if (facts.lastGood === null) {
    yield error("NO_BACKUP", "There is no good backup", "Take one: holdfast backup");
  } else if (isOlder(newestOf(facts.lastGood, facts.lastSame), good, facts.at)) {
    const age = ageWords(facts.lastGood, facts.at);
    yield error(
      "BACKUP_OLD",
      `The newest good backup is ${age} old, more than ${describeDuration(good)}`,
      "Take one: holdfast backup. Then look why none was taken: holdfast log --failed",
    );
  }
  const proven = parseDuration(maxAge.proven ?? "8d");
  if (facts.lastGood !== null && isOlder(facts.lastProven, proven, facts.at)) {
    const when = facts.lastProven === null
      ? "No backup was ever checked"
      : `The last proof is ${ageWords(facts.lastProven, facts.at)} old`;
    yield warning("PROOF_OLD", when, "Prove them: holdfast verify --all");
  }
  const offsite = parseDuration(maxAge.offsite ?? "8d");
  if (targets > 0 && isOlder(facts.lastOffsite, offsite, facts.at)) {
    const when = facts.lastOffsite === null
      ? "No copy is on a target yet"
      : `The newest copy on a target is ${ageWords(facts.lastOffsite, facts.at)} old`;
    yield warning("OFFSITE_OLD", when, "Look whether the targets can be reached.");
  }
}

function* targetIssues({ targetTrouble = [] }: HealthFacts, rules: HealthRules): Issues {
  for (const { target, bad, findings } of targetTrouble) {
    if (rules.targetNames?.includes(target) === false) continue;
    if (bad > 0) {
      yield warning(
        "COPIES_BAD",
        `Target "${target}": ${bad === 1 ? "1 copy is" : `${bad} copies are`} damaged or gone`,
        "Send them again: holdfast push",
      );
    }
    for (const finding of findings) yield issueOfFinding(target, finding);
  }
}

/** What was found of a target, as health tells it: the backups here stand, so it is a warning. */
export function issueOfFinding(
  target: string,
  { kind, message, hint }: TargetFinding,
): HealthIssue {
  return warning(
    findingCode(kind),
    `Target "${target}": ${message}`,
    hint ?? `Look: holdfast target show ${target}`,
  );
}

function* fileIssues({ databaseThere, missing, future, freePages }: HealthFacts): Issues {
  if (!databaseThere) {
    yield error(
      "DATABASE_MISSING",
      "The live database is not there",
      "If it was lost: holdfast restore. If it was moved: holdfast backup … --adopt",
    );
  }
  if (missing.length > 0) {
    yield warning(
      "FILES_MISSING",
      `${missing.length} backup files are gone or were changed: ${some(missing)}`,
      "Look: holdfast catalog check. Forget those that are gone: holdfast delete <backup>",
    );
  }
  if (future.length > 0) {
    yield warning(
      "CLOCK",
      `${future.length} backups were taken in the future: ${some(future)}`,
      "A clock was or is wrong. Nothing is deleted because of it.",
    );
  }
  if (freePages !== null && freePages > FREE_PAGES) {
    yield warning(
      "FREE_PAGES",
      `${Math.round(freePages * 100)} % of the database is free pages`,
      "Give them back: holdfast maintain vacuum",
    );
  }
}

function* runIssues(facts: HealthFacts, { schedule }: HealthRules): Issues {
  const { lastFailure, failuresInARow, runs, successes } = facts;
  if (lastFailure !== null) {
    const message = failuresInARow > 1
      ? `The last ${failuresInARow} backups failed (${lastFailure})`
      : `The last backup failed (${lastFailure})`;
    const say = failuresInARow >= 3 ? error : warning;
    yield say("BACKUP_FAILED", message, "See why: holdfast log --failed");
    if (lastFailure !== "NO_SPACE") {
      yield warning(
        "RETENTION_SUSPENDED",
        "Nothing is pruned since the last backup failed",
        "It goes on by itself after the next good backup.",
      );
    }
  }
  if (runs >= 5 && successes / runs < 0.9) {
    const share = Math.round((successes / runs) * 100);
    yield warning(
      "SUCCESS_RATE",
      `${share} % of the ${runs} backups of the last 30 days went well`,
      "See why the others failed: holdfast log --failed",
    );
  }
  if (facts.watcherSeen != null && isOlder(facts.watcherSeen, WATCHER_SILENT, facts.at)) {
    yield error(
      "WATCHER_DEAD",
      `holdfast watch was last seen at ${facts.watcherSeen}, and was not stopped`,
      "Start it again: holdfast watch",
    );
  }
  const { notNotified = [] } = facts;
  if (notNotified.length > 0) {
    yield warning(
      "NOT_NOTIFIED",
      `The last message by ${some(notNotified)} could not be sent`,
      "Try it: holdfast notify test",
    );
  }
  const due = schedule === undefined ? undefined : missedRun(facts, schedule);
  if (due !== undefined) {
    yield warning(
      "OVERDUE",
      `The schedule should have taken a backup at ${due.toString({ smallestUnit: "minute" })}`,
      "Is the timer or the service running?",
    );
  }
}

function* spaceIssues({ free, growth, lastSize }: HealthFacts): Issues {
  if (free === null || lastSize === null) return;
  const room = `${formatByteSize(free)} are free, a backup takes ${formatByteSize(lastSize)}`;
  const hint = "Free some room, keep fewer backups, or move them: holdfast move <directory>";
  if (free < lastSize) yield error("NO_SPACE", room, hint);
  else if (free < lastSize * 3) yield warning("LOW_SPACE", room, hint);
  else if (growth !== null && growth > 0 && free / growth < FULL_DAYS) {
    const days = Math.floor(free / growth);
    yield warning("FULL_SOON", `At the present growth the disk is full in ${days} days`, hint);
  }
}

/** The run that the schedule owes, by now for more than an hour. */
function missedRun(
  { at, lastScheduled }: HealthFacts,
  schedule: CheckedSchedule,
): Temporal.Instant | undefined {
  if (lastScheduled === null) return undefined;
  const [due] = nextRuns(schedule, Temporal.Instant.from(lastScheduled), 1);
  const late = Temporal.Instant.from(at).subtract({ hours: LATE_HOURS });
  return due !== undefined && Temporal.Instant.compare(due, late) < 0 ? due : undefined;
}

type Issues = Generator<HealthIssue, void, undefined>;

function error(code: string, message: string, hint: string): HealthIssue {
  return { level: "error", code, message, hint };
}

function warning(code: string, message: string, hint: string): HealthIssue {
  return { level: "warning", code, message, hint };
}

function isOlder(instant: string | null, age: Temporal.Duration, at: string): boolean {
  if (instant === null) return true;
  const limit = Temporal.Instant.from(at).toZonedDateTimeISO("UTC").subtract(age).toInstant();
  return Temporal.Instant.compare(Temporal.Instant.from(instant), limit) < 0;
}

/** An unchanged database is as well kept as on the day of its last backup. */
function newestOf(one: string, other: string | null | undefined): string {
  return other != null && other > one ? other : one;
}

const ageUnits: readonly { readonly length: number; readonly name: string }[] = [
  { length: 86_400, name: "day" },
  { length: 3_600, name: "hour" },
  { length: 60, name: "minute" },
];

/** The largest unit of which there are two or more: `27 hours`, `3 days`. */
function ageWords(instant: string, at: string): string {
  const seconds = Math.max(0, Math.floor((Date.parse(at) - Date.parse(instant)) / 1000));
  const unit = ageUnits.find(({ length }) => seconds >= 2 * length) ??
    { length: 1, name: "second" };
  const count = Math.floor(seconds / unit.length);
  return `${count} ${unit.name}${count === 1 ? "" : "s"}`;
}

function some(names: readonly string[]): string {
  return names.length <= 3 ? names.join(", ") : `${names.slice(0, 3).join(", ")}, …`;
}
