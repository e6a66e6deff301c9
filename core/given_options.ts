/**
 * What an application gives a verb, checked before anything is done or made: types hold only
 * where a compiler looked, and no type knows a `NaN`.
 *
 * @module
 */

import { REASONS } from "./artifact/backup_record.ts";
import { HoldfastError } from "./errors.ts";

/** The options that are checked; each verb has some of them. */
export interface GivenOptions {
  readonly database?: unknown;
  readonly directory?: unknown;
  readonly reason?: unknown;
  readonly note?: unknown;
  readonly sourceVersion?: unknown;
  readonly engine?: unknown;
  readonly verify?: unknown;
  readonly expectTables?: unknown;
  readonly assertions?: unknown;
  readonly format?: unknown;
  readonly include?: unknown;
  readonly exclude?: unknown;
  readonly filesQuery?: unknown;
  readonly expiresAt?: unknown;
  readonly retentionZone?: unknown;
  readonly warnSizeMB?: unknown;
  readonly maxSizeMB?: unknown;
  readonly maxHoldMs?: unknown;
  readonly busyMs?: unknown;
  readonly lockMs?: unknown;
  readonly waitMs?: unknown;
  readonly deadlineMs?: unknown;
}

type Check = (value: unknown) => string | undefined;

const text: Check = (value) => typeof value === "string" ? undefined : "it is no text";
const texts: Check = (value) =>
  Array.isArray(value) && value.every((each) => typeof each === "string")
    ? undefined
    : "it is no list of texts";
const amount: Check = (value) =>
  typeof value === "number" && value >= 0 ? undefined : "it is no number from 0 on";
const milliseconds: Check = (value) =>
  amount(value) ?? (value === Infinity ? "it has no end" : undefined);
const instant: Check = (value) =>
  value instanceof Temporal.Instant ? undefined : "it is no Temporal.Instant";

function oneOf(words: readonly string[]): Check {
  return (value) => words.some((word) => word === value) ? undefined : `not ${words.join(", ")}`;
}

const zone: Check = (value) => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(String(value));
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return "no such time zone is known";
    throw error;
  }
};

const checks: Readonly<Record<keyof GivenOptions, Check>> = {
  database: text,
  directory: text,
  reason: oneOf(REASONS),
  note: text,
  sourceVersion: text,
  engine: oneOf(["auto", "clone", "online", "compact"]),
  verify: oneOf(["none", "quick", "full"]),
  expectTables: texts,
  assertions: texts,
  format: text,
  include: texts,
  exclude: texts,
  filesQuery: text,
  expiresAt: instant,
  retentionZone: zone,
  warnSizeMB: amount,
  maxSizeMB: amount,
  maxHoldMs: amount,
  busyMs: milliseconds,
  lockMs: milliseconds,
  waitMs: amount,
  deadlineMs: milliseconds,
};

/** @throws {HoldfastError} `USAGE` for the first option that makes no sense. */
export function refuseSenseless(options: GivenOptions): void {
  for (const [name, check] of Object.entries(checks)) {
    const value = Object.entries(options).find(([key]) => key === name)?.[1];
    const why = value === undefined ? undefined : check(value);
    if (why === undefined) continue;
    throw new HoldfastError("USAGE", `Cannot use ${shown(value)} for "${name}": ${why}`, {
      hint: "Nothing was created.",
    });
  }
}

function shown(value: unknown): string {
  return typeof value === "string" ? `"${value}"` : String(value);
}
