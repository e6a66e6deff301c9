/**
 * A page of the help about an idea, not a command: the terminal and the manual page show
 * the same blocks.
 *
 * @module
 */

import { wrapWords } from "../wrap_words.ts";

/** A piece of a page: a paragraph, words with their meanings, or lines to type. */
export type Block =
  | { readonly text: string }
  | { readonly rows: readonly (readonly [term: string, meaning: string])[] }
  | { readonly lines: readonly string[] };

/** A page. */
export interface Topic {
  /** As it is typed: `exit-codes`. */
  readonly name: string;
  /** One sentence without a final period. */
  readonly summary: string;
  readonly blocks: readonly Block[];
}

/** The page for a terminal of so many columns. */
export function topicText({ name, summary, blocks }: Topic, columns: number): string {
  const width = Math.min(columns, 100);
  const parts = blocks.map((block) => {
    if ("text" in block) return wrap(block.text, { width, indent: "" });
    if ("lines" in block) return block.lines.map((line) => `  $ ${line}`).join("\n");
    return rowsText(block.rows, width);
  });
  return [`${name}: ${summary}`, ...parts].join("\n\n");
}

function rowsText(rows: readonly (readonly [string, string])[], width: number): string {
  const longest = Math.max(...rows.map(([term]) => term.length));
  if (longest > width / 2) {
    return rows.map(([term, meaning]) => `  ${term}\n${wrap(meaning, { width, indent: "      " })}`)
      .join("\n");
  }
  const indent = " ".repeat(longest + 4);
  return rows.map(([term, meaning]) =>
    `  ${term.padEnd(longest)}  ${wrap(meaning, { width, indent }).trimStart()}`
  ).join("\n");
}

/** Lines of whole words. */
function wrap(
  text: string,
  { width, indent }: { readonly width: number; readonly indent: string },
): string {
  const lines = wrapWords(text, { room: width - indent.length });
  return lines.map((line) => indent + line).join("\n");
}
