/**
 * The keys of choosing a database.
 *
 * @module
 */

import type { KeyBinding } from "./key_binding.ts";

/** The keys of choosing a database. */
export const CHOOSE_KEYS: readonly KeyBinding[] = [
  {
    keys: ["enter"],
    in: ["choose"],
    label: "open",
    help: "Open this database",
    message: { type: "open" },
    footer: true,
  },
  {
    keys: ["tab"],
    in: ["choose"],
    label: "complete",
    help: "Complete the path",
    message: { type: "complete" },
    footer: true,
  },
  {
    keys: ["down"],
    in: ["choose"],
    label: "found files",
    help: "Go through the files that were found",
    message: { type: "move", move: "down" },
    footer: true,
  },
  {
    keys: ["up"],
    in: ["choose"],
    label: "back up the list",
    help: "Go back to the path",
    message: { type: "move", move: "up" },
  },
  {
    keys: ["esc"],
    in: ["choose"],
    label: "quit",
    help: "Leave holdfast",
    message: { type: "back" },
    footer: true,
  },
];
