/**
 * How a key is written on the screen.
 *
 * @module
 */

const signs: Readonly<Record<string, string>> = {
  enter: "⏎",
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  pageUp: "PgUp",
  pageDown: "PgDn",
  home: "Home",
  end: "End",
  tab: "Tab",
  "shift+tab": "Shift-Tab",
};

/** The sign of a key by its name. */
export function keySign(key: string): string {
  return signs[key] ?? key.replace("ctrl+", "Ctrl-");
}
