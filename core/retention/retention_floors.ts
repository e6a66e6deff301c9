/**
 * What holds a backup whatever the rules and limits of the policy say.
 *
 * @module
 */

import {
  type DatedBackup,
  readInstant,
  type RetentionBackup,
  type Timeline,
} from "./retention_timeline.ts";
import type { KeepRule } from "./retention_words.ts";

/** Something that holds a backup. */
export interface Hold {
  readonly rule: Exclude<KeepRule, "suspended">;
  /** When it lets go. */
  readonly until?: Temporal.Instant | undefined;
}

/** How long a safety backup, or one without proof, is left alone. */
const graceHours = 7 * 24;

/**
 * The holds of one backup. Of the good ones the newest stays, and the `minKeep` newest;
 * safety backups count among these only where there are too few others.
 */
export function floorsOf<B extends RetentionBackup>(
  line: Timeline<B>,
  minKeep: number,
): (it: DatedBackup<B>) => readonly Hold[] {
  const good = line.dated.filter((it) => it.good);
  const regular = good.filter((it) => !it.safety);
  const enough = [...regular, ...good.filter((it) => it.safety)].slice(0, minKeep);
  const stay = new Set(enough.map((it) => it.backup.id));
  const newest = regular[0];
  return (it) => {
    const { backup } = it;
    if (!backup.present) return [{ rule: "missing" }];
    const holds: Hold[] = [];
    const grace = it.aged.add({ hours: graceHours });
    const inGrace = line.anchor === undefined || Temporal.Instant.compare(grace, line.anchor) > 0;
    if (it === newest) holds.push({ rule: "newest" });
    else if (it === line.anchoredAt) holds.push({ rule: "beforeGap" });
    if (backup.pinned) holds.push({ rule: "pinned" });
    if (backup.metadata.inferred === true) holds.push({ rule: "inferred" });
    if (it.safety && inGrace) holds.push({ rule: "safety", until: grace });
    const until = expiryOf(backup);
    if (until !== undefined && !isPast(until, line.anchor)) holds.push({ rule: "dated", until });
    if (!it.good && !it.safety && (inGrace || !hasNewer(it, newest))) {
      holds.push({ rule: "unproven", until: inGrace ? grace : undefined });
    }
    if (stay.has(backup.id)) holds.push({ rule: "minKeep" });
    return holds;
  };
}

/** Whether its own date lets it go; a date counts once a good backup is younger than it. */
export function isExpired<B extends RetentionBackup>(
  backup: B,
  anchor: Temporal.Instant | undefined,
): boolean {
  const until = expiryOf(backup);
  return until !== undefined && isPast(until, anchor);
}

function expiryOf(backup: RetentionBackup): Temporal.Instant | undefined {
  return backup.expiresAt === null ? undefined : readInstant(backup.expiresAt);
}

function isPast(until: Temporal.Instant, anchor: Temporal.Instant | undefined): boolean {
  return anchor !== undefined && Temporal.Instant.compare(until, anchor) <= 0;
}

function hasNewer<B extends RetentionBackup>(
  it: DatedBackup<B>,
  newest: DatedBackup<B> | undefined,
): boolean {
  return newest !== undefined && newest.backup.sequence > it.backup.sequence;
}
