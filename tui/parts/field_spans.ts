/**
 * A line of text that is being typed, with its cursor.
 *
 * @module
 */

import { charactersOf, type Field } from "../state/field.ts";
import { cut, widthOf } from "../text/fit.ts";
import { safeText } from "../text/safe_text.ts";
import { type Span, span } from "./line.tsx";

/** The text with its cursor, the part around the cursor where it is too long. */
export function fieldSpans(
  { text, cursor }: Field,
  { width, active, secret = false }: {
    readonly width: number;
    readonly active: boolean;
    readonly secret?: boolean;
  },
): readonly Span[] {
  const all = charactersOf(text).map((character) => secret ? "•" : safeText(character));
  if (!active) return [span(cut(all.join(""), width))];
  let from = 0;
  while (widthOf(all.slice(from, cursor).join("")) > width - 2) from++;
  const at = all[cursor] ?? " ";
  const before = all.slice(from, cursor).join("");
  const room = Math.max(0, width - widthOf(before) - widthOf(at));
  return [span(before), span(at, "selected"), span(cut(all.slice(cursor + 1).join(""), room))];
}
