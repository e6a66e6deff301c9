/**
 * Where the keys go.
 *
 * @module
 */

import type { State } from "../state/state.ts";

/** Every place in the UI with keys of its own. */
export const CONTEXTS = [
  "choose",
  "dashboard",
  "backups",
  "filter",
  "activity",
  "retention",
  "statistics",
  "settings",
  "targets",
  "live",
  "liveTyping",
  "form",
  "ask",
  "help",
  "read",
  "rescue",
  "restore",
  "restoreTyping",
  "restoreDoubts",
  "restoreRunning",
  "restoreEnd",
] as const;

/** A place in the UI with keys of its own. */
export type Context = (typeof CONTEXTS)[number];

/** The screens with a database. */
export const SCREENS: readonly Context[] = [
  "dashboard",
  "backups",
  "activity",
  "retention",
  "statistics",
  "settings",
  "targets",
];

/** Where there are rows to move through. */
export const LISTS: readonly Context[] = [
  "backups",
  "activity",
  "retention",
  "settings",
  "targets",
  "restore",
  "rescue",
  "read",
  "live",
  "help",
];

/** Where text that is typed goes into a field, not to keys. */
const typing: readonly Context[] = ["choose", "filter", "form", "liveTyping", "restoreTyping"];

/** Whether letters are text here. */
export function isTyping(context: Context): boolean {
  return typing.includes(context);
}

/** Where the keys go now. */
export function contextOf({ modal, screen, list }: State): Context {
  if (modal === undefined) return screen === "backups" && list.typing ? "filter" : screen;
  if (modal.kind === "live") return modal.question === undefined ? "live" : "liveTyping";
  if (modal.kind !== "restore") return modal.kind;
  if (modal.step === "running") return "restoreRunning";
  if (modal.step === "doubts") return "restoreDoubts";
  if (modal.step !== "choose") return "restoreEnd";
  return modal.typed !== undefined || modal.list.typing ? "restoreTyping" : "restore";
}
