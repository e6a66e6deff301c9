/**
 * Text cut and padded to columns of a terminal.
 *
 * @module
 */

import stringWidth from "string-width";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const narrow = /^[\x20-\x7e]*$/;

/** Columns that a text takes. */
export function widthOf(text: string): number {
  return narrow.test(text) ? text.length : stringWidth(text);
}

/** The text in at most `width` columns; where it is cut it ends with `…`. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  return width < 1 ? "" : `${head(text, width - 1)}…`;
}

/** The text in at most `width` columns with its middle cut: for paths, whose end matters. */
export function cutMiddle(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width < 5) return cut(text, width);
  const end = Math.ceil((width - 1) * 0.6);
  return `${head(text, width - 1 - end)}…${tail(text, end)}`;
}

/** The text in exactly `width` columns, on the left. */
export function left(text: string, width: number): string {
  const short = cut(text, width);
  return short + " ".repeat(Math.max(0, width - widthOf(short)));
}

/** The text in exactly `width` columns, on the right. */
export function right(text: string, width: number): string {
  const short = cut(text, width);
  return " ".repeat(Math.max(0, width - widthOf(short))) + short;
}

/**
 * The text broken at spaces into lines of at most `width` columns; a word that is longer than
 * a line (a path, an address) goes on in the next one.
 */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    const isLong = widthOf(word) > width;
    if (line !== "" && !isLong) lines.push(line);
    const parts = isLong ? pieces(longer, width) : [word];
    lines.push(...parts.slice(0, -1));
    line = parts.at(-1) ?? "";
  }
  return [...lines, line];
}

/** The text in pieces of at most `width` columns, broken anywhere: for addresses. */
function pieces(text: string, width: number): readonly string[] {
  const all: string[] = [];
  for (let rest = text; rest !== "";) {
    // Something has to go, also where one character is wider than the room.
    const piece = head(rest, Math.max(2, width)) || rest.slice(0, 1);
    all.push(piece);
    rest = rest.slice(piece.length);
  }
  return all;
}

function head(text: string, width: number): string {
  let taken = "";
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += widthOf(segment);
    if (used > width) break;
    taken += segment;
  }
  return taken;
}

function tail(text: string, width: number): string {
  const parts = Array.from(graphemes.segment(text), ({ segment }) => segment);
  let taken = "";
  let used = 0;
  for (const part of parts.toReversed()) {
    used += widthOf(part);
    if (used > width) break;
    taken = part + taken;
  }
  return taken;
}
