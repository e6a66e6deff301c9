/**
 * One line of the screen: text whose width is known beforehand, so that it never wraps.
 *
 * @module
 */

import { Box, Text } from "ink";
import type { ReactElement } from "react";
import { cut, widthOf } from "../text/fit.ts";
import type { Tone } from "../theme.ts";
import { useTheme } from "./theme_context.tsx";

/** A piece of a line. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone | undefined;
}

/** A piece of a line. */
export function span(text: string, tone?: Tone): Span {
  return { text, tone };
}

/** The pieces in at most `width` columns. */
export function cutSpans(spans: readonly Span[], width: number): readonly Span[] {
  const kept: Span[] = [];
  let room = width;
  for (const piece of spans) {
    if (room <= 0) break;
    const text = cut(piece.text, room);
    room -= widthOf(text);
    kept.push({ ...piece, text });
    if (text !== piece.text) break;
  }
  return kept;
}

/** Columns that the pieces take. */
export function spansWidth(spans: readonly Span[]): number {
  return spans.reduce((sum, { text }) => sum + widthOf(text), 0);
}

/** Draws a line. */
export function Line(
  { spans, width, selected = false }: {
    readonly spans: readonly Span[];
    readonly width: number;
    readonly selected?: boolean;
  },
): ReactElement {
  const theme = useTheme();
  const pieces = cutSpans(spans, width);
  const rest = " ".repeat(Math.max(0, selected ? width - spansWidth(pieces) : 0));
  const all = [...pieces, span(rest)].filter(({ text }) => text !== "");
  return (
    <Box flexShrink={0} height={1}>
      <Text wrap="truncate" {...(selected ? theme.selected : {})}>
        {all.length === 0
          ? " "
          : all.map(({ text, tone = "plain" }, at) => <Text key={at} {...theme[tone]}>{text}
          </Text>)}
      </Text>
    </Box>
  );
}

/** Draws a line with one part at each end. */
export function EndsLine(
  { start, end, width }: {
    readonly start: readonly Span[];
    readonly end: readonly Span[];
    readonly width: number;
  },
): ReactElement {
  const room = Math.max(0, width - spansWidth(end) - 1);
  const kept = cutSpans(start, room);
  const gap = " ".repeat(Math.max(1, width - spansWidth(kept) - spansWidth(end)));
  return <Line spans={[...kept, span(gap), ...end]} width={width} />;
}
