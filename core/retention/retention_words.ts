/**
 * Why a backup is kept or deleted, in one sentence.
 *
 * @module
 */

import type { PolicyRule } from "./retention_rules.ts";

/**
 * Why a backup is kept:
 *
 * - `newest`, `minKeep`, `pinned`, `inferred`, `safety`: the floors
 * - `beforeGap`: the newest before a long gap, as long as the clock may have been put forward
 * - `dated`: it carries a date until which it stays
 * - `clock`: its time lies in the future or cannot be read
 * - `missing`: its file is gone or changed; only a person deletes its record
 * - `unproven`: not known to be good, and young, or nothing good is newer
 * - `suspended`: it would go, but pruning is suspended
 * - the rest: what the policy says
 */
export type KeepRule =
  | PolicyRule
  | "newest"
  | "beforeGap"
  | "minKeep"
  | "pinned"
  | "inferred"
  | "safety"
  | "dated"
  | "clock"
  | "missing"
  | "unproven"
  | "suspended";

/**
 * Why a backup is deleted: a newer one of its period is kept (`superseded`), it is older
 * than the rules keep (`outgrown`), a limit, its date (`expired`), a safety backup or one
 * without proof after its time.
 */
export type DeleteRule =
  | "superseded"
  | "outgrown"
  | "maxAgeDays"
  | "maxCount"
  | "maxTotalSize"
  | "expired"
  | "safety"
  | "unproven";

/** What a sentence may need. */
export interface ReasonFacts {
  /** A period: `2026-11-14`, `2026-W46`. */
  readonly bucket?: string | undefined;
  /** The number or span that the policy says. */
  readonly amount?: string | undefined;
}

/** Why it is kept, as a sentence without its end: `newest good of 2026-11-14 (daily)`. */
export function keepSentence(rule: KeepRule, facts: ReasonFacts = {}): string {
  const { bucket, amount } = facts;
  switch (rule) {
    case "newest":
      return "the newest good backup is never deleted";
    case "beforeGap":
      return "the newest before a long gap, until the clock is believed again";
    case "minKeep":
      return `one of the ${amount} newest good backups, which always stay`;
    case "pinned":
      return "pinned";
    case "inferred":
      return "known from its name only, never deleted by itself";
    case "safety":
      return "safety backup of a restore, kept for 7 days";
    case "dated":
      return `kept until ${amount}, as was asked for it`;
    case "clock":
      return "its time lies in the future or cannot be read";
    case "missing":
      return "its file is missing or changed; delete it by hand";
    case "unproven":
      return "not proven good, but it is new or nothing good is newer";
    case "suspended":
      return "would be deleted, but pruning is suspended";
    case "keepAll":
      return "the policy keeps everything within its limits";
    case "keepLast":
      return `one of the last ${amount}`;
    case "keepWithin":
      return `within ${amount} of the newest good backup`;
    default:
      return `newest good of ${bucket} (${rule.slice("keep".length).toLowerCase()})`;
  }
}

/** Why it is deleted, as a sentence without its end: `a newer one of 2026-11-14 is kept`. */
export function deleteSentence(rule: DeleteRule, facts: ReasonFacts = {}): string {
  const { bucket, amount } = facts;
  switch (rule) {
    case "superseded":
      return `a newer one of ${bucket} is kept`;
    case "outgrown":
      return "older than the policy keeps";
    case "maxAgeDays":
      return `older than ${amount} days`;
    case "maxCount":
      return `more than ${amount} backups`;
    case "maxTotalSize":
      return `more than ${amount} in all`;
    case "expired":
      return `its date is past (${amount})`;
    case "safety":
      return "safety backup of a restore, older than 7 days";
    case "unproven":
      return "not proven good, older than 7 days, and a good one is newer";
  }
}
