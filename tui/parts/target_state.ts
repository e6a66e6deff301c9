/**
 * How a target stands, in a sign and a word.
 *
 * @module
 */

import type { TargetLine } from "../target_actions.ts";
import type { Tone } from "../theme.ts";

/** How it stands. */
export function targetState(
  { enabled, copies, bad }: TargetLine,
): { readonly words: string; readonly tone: Tone } {
  if (!enabled) return { words: "– off", tone: "faint" };
  if (bad > 0) return { words: `✖ ${bad} bad`, tone: "bad" };
  return copies > 0 ? { words: "✔ ok", tone: "good" } : { words: "· empty", tone: "warn" };
}
