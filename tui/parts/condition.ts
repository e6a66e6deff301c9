/**
 * How the database stands, in a sign and a few words.
 *
 * @module
 */

import { type Health, isGood } from "../../mod.ts";
import type { State } from "../state/state.ts";
import { counted } from "../text/count.ts";
import { ago } from "../text/moment.ts";
import type { Tone } from "../theme.ts";

/** How it stands. */
export interface Condition {
  readonly sign: string;
  readonly words: string;
  readonly tone: Tone;
}

/** How it stands; `undefined` until it was read. */
export function conditionOf({ loaded, loadProblem, now }: State): Condition | undefined {
  if (loadProblem !== undefined) {
    return { sign: "✖", words: "backups cannot be read", tone: "bad" };
  }
  if (loaded === undefined) return undefined;
  const { backups, databaseSize, health } = loaded;
  if (databaseSize === undefined) return { sign: "✖", words: "database missing", tone: "bad" };
  if (health !== undefined && backups.length > 0) return ofHealth(health);
  const own = backups.filter(({ reason }) => reason !== "pre-restore");
  const good = own.find((backup) => backup.status === "available" && isGood(backup));
  if (good === undefined) {
    const words = own.length === 0 ? "no backup yet" : "no good backup";
    return { sign: "⚠", words, tone: "warn" };
  }
  if (good !== own[0]) return { sign: "⚠", words: "the newest is not good", tone: "warn" };
  return { sign: "●", words: `backed up ${ago(good.createdAt, now)}`, tone: "good" };
}

/** What health says, its errors before its warnings. */
function ofHealth({ status, issues }: Health): Condition {
  const errors = issues.filter(({ level }) => level === "error").length;
  if (status === "error") return { sign: "✖", words: counted(errors, "problem"), tone: "bad" };
  if (status === "healthy") return { sign: "●", words: "healthy", tone: "good" };
  return { sign: "⚠", words: counted(issues.length, "warning"), tone: "warn" };
}
