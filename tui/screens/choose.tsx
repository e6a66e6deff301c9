/**
 * The screen without a database: it helps to choose one.
 *
 * @module
 */

import type { ReactElement } from "react";
import { formatByteSize } from "../../mod.ts";
import { fieldSpans } from "../parts/field_spans.ts";
import { Line, type Span, span } from "../parts/line.tsx";
import { pathWords } from "../parts/path_words.ts";
import { topRow } from "../state/page_size.ts";
import type { State } from "../state/state.ts";
import { left, right } from "../text/fit.ts";
import { safeText } from "../text/safe_text.ts";

/** Draws it. */
export function Choose(
  { state, rows }: { readonly state: State; readonly rows: number },
): ReactElement[] {
  const { size, choosing } = state;
  const width = size.columns;
  const lines: (readonly Span[])[] = [
    [span("Which database do you want to protect?", "strong")],
    [],
    [
      span("Path  ", "faint"),
      ...fieldSpans(choosing.field, { width: width - 12, active: choosing.row < 0 }),
    ],
    ...completionLines(state),
    ...problemLines(state),
    [],
  ];
  const found = foundLines(state, rows - lines.length);
  return [...lines, ...found].map((spans, at) => (
    <Line key={at} spans={[span("  "), ...spans]} width={width} />
  ));
}

function completionLines({ choosing, size, home }: State): (readonly Span[])[] {
  if (choosing.completions.length === 0) return [];
  const names = choosing.completions.map((path) => pathWords(path, { home, width: 40 }));
  return [[span(left(`      ${names.join("   ")}`, size.columns - 4), "faint")]];
}

function problemLines({ choosing }: State): (readonly Span[])[] {
  if (choosing.opening) return [[], [span("opening …", "faint")]];
  if (choosing.problem === undefined) return [];
  const { message, hint } = choosing.problem;
  return [
    [],
    [span(`✖ ${safeText(message)}`, "bad")],
    ...(hint === undefined ? [] : [[span(`  ${safeText(hint)}`)]]),
  ];
}

function foundLines({ choosing, size, home }: State, rows: number): (readonly Span[])[] {
  const { found, row } = choosing;
  if (found.length === 0) {
    return [[span("No SQLite file lies in this folder. Type a path; Tab completes it.", "faint")]];
  }
  const page = Math.max(1, rows - 1);
  const top = topRow(Math.max(0, row), { length: found.length, page });
  return [
    [span("SQLite files here", "faint")],
    ...found.slice(top, top + page).map(({ path, size: bytes }, at) => {
      const under = top + at === row;
      const width = size.columns - 18;
      const text = left(pathWords(path, { home, width }), width) + right(formatByteSize(bytes), 10);
      return [span(under ? "› " : "  ", "accent"), span(text, under ? "selected" : undefined)];
    }),
  ];
}
