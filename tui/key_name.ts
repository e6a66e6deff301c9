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

/** The name of a key: `up`, `enter`, `ctrl+c`, `b`; `undefined` for text that was pasted. */
export function keyName(input: string, key: Key): string | undefined {
  if (key.tab) return key.shift ? "shift+tab" : "tab";
  for (const [flag, name] of named) {
    if (key[flag]) return name;
  }
  if (key.ctrl) return `ctrl+${input}`;
  if (input === " ") return "space";
  return [...input].length === 1 ? input : undefined;
}
