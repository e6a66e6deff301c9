/**
 * Text from outside (names, notes, messages) made safe for a terminal.
 *
 * @module
 */

import { stripVTControlCharacters } from "node:util";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Printable ASCII needs no look. */
const harmless = /^[\x20-\x7e]*$/;

// deno-lint-ignore no-control-regex -- these are the characters that must not reach the terminal
const controls = /[\x00-\x1f\x7f]/g;

/**
 * What moves the cursor, turns the direction of writing or cannot be seen (UAX #9, explicit
 * directional characters; C1 controls; zero-width spaces; line separators; lone surrogates).
 */
const hidden =
  /[\x80-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udfff]/gu;

/**
 * The text on one line, without escape sequences; controls become visible, and emoji
 * whose width terminals disagree on become simpler ones.
 */
export function safeText(text: string): string {
  if (harmless.test(text)) return text;
  const visible = stripVTControlCharacters(text)
    .replace(controls, (character) => picture(character.charCodeAt(0)))
    .replace(hidden, (character) => `\\u${hex(character)}`);
  return Array.from(graphemes.segment(visible), ({ segment }) => plainer(segment)).join("");
}

/** The picture of a control character: U+2400 and on. */
function picture(code: number): string {
  return String.fromCharCode(code === 0x7f ? 0x2421 : 0x2400 + code);
}

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(4, "0");
}

/** Families, flags and emoji presentations have no width that all terminals agree on. */
function plainer(grapheme: string): string {
  if (harmless.test(grapheme)) return grapheme;
  const flag = Array.from(grapheme, (part) => (part.codePointAt(0) ?? 0) - 0x1f1e6);
  if (flag.every((letter) => letter >= 0 && letter < 26)) {
    return flag.map((letter) => String.fromCharCode(0x41 + letter)).join("");
  }
  const [first = ""] = grapheme.split("\u200d");
  // At most two marks on a letter: more of them climb into other lines.
  const simple = first.replace(/[\ufe0f\u20e3]|\p{Emoji_Modifier}/gu, "");
  const marks = simple.match(/\p{Mark}/gu)?.length ?? 0;
  const kept = marks > 2 ? simple.replace(/\p{Mark}/gu, "") : simple;
  return kept === "" ? "\ufffd" : kept;
}
