/**
 * Facts of a backup as people read them.
 *
 * @module
 */

import { relative } from "node:path";
import { escapeText } from "./escape.ts";
import type { BackupRecord } from "../core/artifact/backup_record.ts";

/** A span between two changes of a zone's clock, and how far it is from UTC there. */
interface ClockSpan {
  readonly zone: string;
  readonly from: number;
  readonly to: number;
  readonly offsetMs: number;
}

let lastSpan: ClockSpan | undefined;

/**
 * A wall time in a zone: `2026-01-02 09:15:00`. Asking the zone is slow and a list asks a
 * thousand times, so the answer is kept until the next change of its clock.
 */
export function wallTime(instant: string, zone: string): string {
  const at = Date.parse(instant);
  const known = lastSpan !== undefined && lastSpan.zone === zone && lastSpan.from <= at &&
    at < lastSpan.to;
  const span = known && lastSpan !== undefined ? lastSpan : lastSpan = clockSpan(at, zone);
  return new Date(at + span.offsetMs).toISOString().slice(0, 19).replace("T", " ");
}

function clockSpan(at: number, zone: string): ClockSpan {
  const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const next = there.getTimeZoneTransition("next");
  const before = there.add({ nanoseconds: 1 }).getTimeZoneTransition("previous");
  return {
    zone,
    from: before?.epochMilliseconds ?? -Infinity,
    to: next?.epochMilliseconds ?? Infinity,
    offsetMs: there.offsetNanoseconds / 1e6,
  };
}

/** A number with its thousands apart: `3,210`. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Rows of all tables together; `undefined` where they were not counted. */
export function rowCount({ metadata }: Pick<BackupRecord, "metadata">): number | undefined {
  const counts = metadata.recordCount;
  if (counts === undefined) return undefined;
  return Object.values(counts).reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

/** `3,210 records in 7 tables`. */
export function recordsText(record: Pick<BackupRecord, "metadata">): string | undefined {
  const rows = rowCount(record);
  if (rows === undefined) return undefined;
  const tables = Object.keys(record.metadata.recordCount ?? {}).length;
  return `${plural(rows, "record")} in ${plural(tables, "table")}`;
}

/** `1 file`, `1,200 files`. */
export function plural(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** `0.4 s`, `1 min 12 s`. */
export function elapsedText(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** A path as it would be typed here: relative where that is shorter, quoted where it must be. */
export function typedPath(path: string, cwd: string): string {
  const near = relative(cwd, path);
  const plain = near === "" || near.startsWith("..") ? path : near;
  const safe = plain.startsWith("-") ? `./${plain}` : plain;
  if (/^[A-Za-z0-9_./~:@%+=,-]+$/.test(safe)) return safe;
  return `'${escapeText(safe).replaceAll("'", `'\\''`)}'`;
}
