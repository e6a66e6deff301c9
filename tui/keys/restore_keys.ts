/**
 * The keys of the restore modal.
 *
 * @module
 */

import type { KeyBinding } from "./key_binding.ts";
import { noPreview, pastReturn, unfinished } from "../reasons.ts";

/** The keys of the restore modal. */
export const RESTORE_KEYS: readonly KeyBinding[] = [
  {
    keys: ["enter"],
    in: ["restore"],
    label: "restore selected",
    help: "Restore the selected backup",
    message: { type: "submit" },
    footer: true,
    unless: noPreview,
  },
  {
    keys: ["/"],
    in: ["restore"],
    label: "filter",
    help: "Show only backups that contain what you type",
    message: { type: "startFilter" },
    footer: true,
  },
  {
    keys: ["@"],
    in: ["restore"],
    label: "point in time",
    help: "Restore the newest good backup of a moment",
    message: { type: "typeMoment" },
    footer: true,
  },
  {
    keys: ["i"],
    in: ["restore"],
    label: "import from file",
    help: "Restore a database file from anywhere",
    message: { type: "typeFile" },
    footer: true,
  },
  {
    keys: ["y"],
    in: ["restoreDoubts"],
    label: "restore anyway",
    help: "Restore in spite of the doubts",
    message: { type: "restoreAnyway" },
    footer: true,
  },
  {
    keys: ["enter"],
    in: ["restoreTyping"],
    label: "use it",
    help: "Use what was typed",
    message: { type: "submit" },
    footer: true,
  },
  {
    keys: ["tab"],
    in: ["restoreTyping"],
    label: "complete",
    help: "Complete the path",
    message: { type: "complete" },
  },
  {
    keys: ["esc"],
    in: ["restoreRunning"],
    label: "stop",
    help: "Stop: nothing has changed yet",
    message: { type: "stop" },
    footer: true,
    unless: pastReturn,
  },
  {
    keys: ["u"],
    in: ["restoreEnd"],
    label: "undo",
    help: "Bring back the state before the restore",
    message: { type: "undo" },
    footer: true,
    unless: unfinished,
  },
  {
    keys: ["enter", "esc", "q"],
    in: ["restoreEnd"],
    label: "done",
    help: "Close",
    message: { type: "back" },
    footer: true,
  },
];
