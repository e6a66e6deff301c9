/**
 * From what Ink tells of a key press to the names in the list of keys.
 *
 * @module
 */

import type { Key } from "ink";

const named = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["leftArrow", "left"],
  ["rightArrow", "right"],
  ["pageUp", "pageUp"],
  ["pageDown", "pageDown"],
  ["home", "home"],
  ["end", "end"],
  ["return", "enter"],
  ["escape", "esc"],
  ["backspace", "backspace"],
  ["delete", "delete"],
] as const;

/** Characters that stand for keys with names, where several keys arrive at once. */
const characters: Readonly<Record<string, string>> = {
  "\r": "enter",
  "\n": "enter",
  "\t": "tab",
  "\x7f": "backspace",
  "\b": "backspace",
  "\x1b": "esc",
  " ": "space",
};

/**
 * The names of the keys that were pressed: `up`, `enter`, `ctrl+c`, `b`. Keys that follow
 * each other fast, or on a busy machine, arrive in one piece.
 */
export function keyNames(input: string, key: Key): readonly string[] {
  if (key.tab) return [key.shift ? "shift+tab" : "tab"];
  for (const [flag, name] of named) {
    if (key[flag]) return [name];
  }
  if (key.ctrl) return [`ctrl+${input}`];
  // Escape and a key in one piece look like Alt and that key: they were two presses.
  const before = key.meta ? ["esc"] : [];
  return [...before, ...Array.from(input, nameOf)];
}

function nameOf(character: string): string {
  const code = character.charCodeAt(0);
  const letter = code < 27 ? `ctrl+${String.fromCharCode(code + 96)}` : character;
  return characters[character] ?? letter;
}
