/**
 * The news above the footer, as lines.
 *
 * @module
 */

import type { Size } from "../state/state.ts";
import type { Toast } from "../state/toast.ts";
import { cut, widthOf, wrap } from "../text/fit.ts";
import { safeText } from "../text/safe_text.ts";
import type { Tone } from "../theme.ts";
import { type Span, span } from "./line.tsx";

/** So many pieces of news are shown at once, the newest. */
const SHOWN = 2;

/** Columns before the text: the sign. */
const INDENT = 4;

const signs: Readonly<Record<Toast["kind"], readonly [string, Tone]>> = {
  done: ["✔", "good"],
  note: ["·", "plain"],
  error: ["✖", "bad"],
};

/** The lines; a small window gets one for each sentence, others two. */
export function toastLines(
  toasts: readonly Toast[],
  { columns, rows }: Size,
): readonly (readonly Span[])[] {
  const most = rows < 20 ? 1 : 2;
  const more = toasts.length - SHOWN;
  return toasts.slice(-SHOWN).flatMap(({ kind, text, hint }, at) => {
    const [sign, tone] = signs[kind];
    const others = at === 0 && more > 0 ? `   and ${more} more` : "";
    const tail = `${kind === "error" ? "   d dismisses" : ""}${others}`;
    const width = columns - INDENT;
    const said = limited(text, { width: width - widthOf(tail), most });
    const hints = hint === undefined ? [] : limited(hint, { width, most });
    return [
      ...said.map((line, row) => [
        span(row === 0 ? `  ${sign} ` : " ".repeat(INDENT), tone),
        span(line, tone),
        span(row === said.length - 1 ? tail : "", "faint"),
      ]),
      ...hints.map((line) => [span(" ".repeat(INDENT)), span(line)]),
    ];
  });
}

/** At most so many lines; what does not fit is cut where it can be seen. */
function limited(
  text: string,
  { width, most }: { readonly width: number; readonly most: number },
): readonly string[] {
  const lines = wrap(safeText(text), width);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), cut(lines.slice(most - 1).join(" "), width)];
}
