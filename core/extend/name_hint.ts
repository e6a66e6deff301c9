/**
 * What to say of a name that is not known.
 *
 * @module
 */

import { nearestWord } from "./nearest_word.ts";

/** A hint that names the nearest known name, else all of them. */
export function nameHint(name: string, known: readonly string[]): string {
  const nearest = nearestWord(name, known);
  if (nearest !== undefined) return `Did you mean "${nearest}"?`;
  if (known.length === 0) return "There are none.";
  return `Known are ${known.map((one) => `"${one}"`).join(", ")}.`;
}
