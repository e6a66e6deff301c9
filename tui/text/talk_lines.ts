/**
 * What work says to the person, as lines that fit the window.
 *
 * @module
 */

import { widthOf, wrap } from "./fit.ts";
import { safeText } from "./safe_text.ts";

/** The room that the lines have. */
export interface TalkRoom {
  readonly width: number;
  readonly rows: number;
}

/**
 * The lines of a text. Nothing of it is lost: an address is broken where it does not fit. A QR
 * code stays as it is, or says what it needs: half of one is worth nothing.
 */
export function talkLines(text: string, { width, rows }: TalkRoom): readonly string[] {
  const lines = text.split("\n").map(safeText);
  if (!isPicture(lines)) return lines.flatMap((line) => broken(line, width));
  const widest = Math.max(...lines.map(widthOf));
  if (widest <= width && lines.length <= rows) return lines;
  const more = [
    ...widest > width ? [`${widest - width} columns`] : [],
    ...lines.length > rows ? [`${lines.length - rows} rows`] : [],
  ];
  return broken(`A QR code would stand here: the window lacks ${more.join(" and ")}.`, width);
}

/** Whether they are the blocks of a QR code and nothing else. */
function isPicture(lines: readonly string[]): boolean {
  return lines.length > 5 && lines.every((line) => /^[ █▀▄]+$/.test(line));
}

/** The line where it fits, with its spaces before it; else in several. */
function broken(line: string, width: number): readonly string[] {
  return widthOf(line) <= width ? [line] : wrap(line.trim(), width);
}
