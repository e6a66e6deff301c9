/**
 * The keys that every screen has.
 *
 * @module
 */

import type { KeyBinding } from "./key_binding.ts";
import { nothingToDismiss } from "../reasons.ts";
import { CONTEXTS, SCREENS } from "./context.ts";

/** The keys that every screen has. */
export const EVERYWHERE_KEYS: readonly KeyBinding[] = [
  {
    keys: ["d"],
    in: SCREENS,
    label: "dismiss",
    help: "Dismiss the news at the foot",
    message: { type: "dismiss" },
    unless: nothingToDismiss,
  },
  {
    keys: ["ctrl+r"],
    in: SCREENS,
    label: "read again",
    help: "Read everything again",
    message: { type: "reload" },
  },
  {
    keys: ["esc"],
    in: ["backups", "activity", "retention", "statistics", "settings", "targets"],
    label: "back",
    help: "Back to the dashboard",
    message: { type: "back" },
    footer: true,
  },
  {
    keys: ["esc"],
    in: ["form", "rescue", "restore", "restoreTyping", "restoreDoubts"],
    label: "cancel",
    help: "Go back without changing anything",
    message: { type: "back" },
    footer: true,
  },
  {
    keys: ["?"],
    in: [...SCREENS, "restore", "rescue"],
    label: "all keys",
    help: "Show the keys that work here",
    message: { type: "help" },
    footer: true,
  },
  {
    keys: ["q"],
    in: SCREENS,
    label: "quit",
    help: "Leave holdfast",
    message: { type: "askQuit" },
    footer: true,
  },
  {
    keys: ["ctrl+c"],
    in: CONTEXTS,
    label: "leave at once",
    help: "Stop all work and leave; nothing is left behind",
    message: { type: "quit", code: 130 },
  },
];
