/**
 * How the database stands, in a sign and a few words.
 *
 * @module
 */

import { isGood } from "../../mod.ts";
import type { State } from "../state/state.ts";
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
  const { backups, databaseSize } = loaded;
  if (databaseSize === undefined) return { sign: "✖", words: "database missing", tone: "bad" };
  const own = backups.filter(({ reason }) => reason !== "pre-restore");
  const good = own.find((backup) => backup.status === "available" && isGood(backup));
  if (good === undefined) {
    const words = own.length === 0 ? "no backup yet" : "no good backup";
    return { sign: "⚠", words, tone: "warn" };
  }
  if (good !== own[0]) return { sign: "⚠", words: "the newest is not good", tone: "warn" };
  return { sign: "●", words: `backed up ${ago(good.createdAt, now)}`, tone: "good" };
}
