/**
 * The keys that move through lists.
 *
 * @module
 */

import type { KeyBinding } from "./key_binding.ts";
import { noRow, nothingToRead, nothingToStop } from "../reasons.ts";
import { LISTS } from "./context.ts";

/** The keys that move through lists. */
export const LIST_KEYS: readonly KeyBinding[] = [
  {
    keys: ["/"],
    in: ["backups"],
    label: "filter",
    help: "Show only backups that contain what you type",
    message: { type: "startFilter" },
    footer: true,
  },
  {
    keys: ["s"],
    in: ["backups", "restore"],
    label: "sort",
    help: "Sort by date, size, reason, records or proof",
    message: { type: "sort" },
  },
  {
    keys: ["S"],
    in: ["backups", "restore"],
    label: "reverse",
    help: "Turn the order round",
    message: { type: "reverse" },
  },
  {
    keys: ["space"],
    in: ["backups"],
    label: "mark",
    help: "Mark this backup",
    message: { type: "mark" },
    footer: true,
    unless: noRow,
  },
  {
    keys: ["M"],
    in: ["backups"],
    label: "unmark all",
    help: "Take all marks away",
    message: { type: "unmark" },
  },
  {
    keys: ["enter"],
    in: ["backups"],
    label: "details",
    help: "Show or hide the details",
    message: { type: "toggleDetails" },
  },
  {
    keys: ["enter"],
    in: ["activity"],
    label: "read",
    help: "Read what came out",
    message: { type: "showReport" },
    footer: true,
    unless: nothingToRead,
  },
  {
    keys: ["x"],
    in: ["activity"],
    label: "stop",
    help: "Stop this work; nothing is left behind",
    message: { type: "stop" },
    unless: nothingToStop,
  },
  {
    keys: ["down", "j"],
    in: LISTS,
    label: "down",
    help: "One row down",
    message: { type: "move", move: "down" },
  },
  {
    keys: ["up", "k"],
    in: LISTS,
    label: "up",
    help: "One row up",
    message: { type: "move", move: "up" },
  },
  {
    keys: ["pageDown", "ctrl+f"],
    in: LISTS,
    label: "page down",
    help: "One page down",
    message: { type: "move", move: "pageDown" },
  },
  {
    keys: ["pageUp", "ctrl+b"],
    in: LISTS,
    label: "page up",
    help: "One page up",
    message: { type: "move", move: "pageUp" },
  },
  {
    keys: ["home", "g"],
    in: LISTS,
    label: "first",
    help: "To the first row",
    message: { type: "move", move: "first" },
  },
  {
    keys: ["end", "G"],
    in: LISTS,
    label: "last",
    help: "To the last row",
    message: { type: "move", move: "last" },
  },
];
