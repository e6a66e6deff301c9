/**
 * The keys that do something with the database and its backups.
 *
 * @module
 */

import type { KeyBinding } from "./key_binding.ts";
import { noBackups, noDatabase, noRestore, notHere, nothingToRestore } from "../reasons.ts";
import { SCREENS } from "./context.ts";

/** The keys that do something with the database and its backups. */
export const ACTION_KEYS: readonly KeyBinding[] = [
  {
    keys: ["b"],
    in: SCREENS,
    label: "back up",
    help: "Take a backup now",
    message: { type: "backupNow" },
    footer: true,
    unless: noDatabase,
  },
  {
    keys: ["B"],
    in: SCREENS,
    label: "back up with…",
    help: "Take a backup with a note or other settings",
    message: { type: "backupOptions" },
    unless: noDatabase,
  },
  {
    keys: ["r"],
    in: SCREENS,
    label: "restore",
    help: "Choose a backup, see what would change, restore it",
    message: { type: "restore" },
    footer: true,
    unless: nothingToRestore,
  },
  {
    keys: ["l"],
    in: ["dashboard", "activity"],
    label: "backups",
    help: "List the backups",
    message: { type: "go", screen: "backups" },
    footer: true,
  },
  {
    keys: ["v"],
    in: ["dashboard", "activity"],
    label: "verify",
    help: "Verify the newest backup",
    message: { type: "verify" },
    footer: true,
    unless: noBackups,
  },
  {
    keys: ["v"],
    in: ["backups"],
    label: "verify",
    help: "Verify this backup, or the marked ones",
    message: { type: "verify" },
    footer: true,
    unless: notHere,
  },
  {
    keys: ["u"],
    in: SCREENS,
    label: "undo",
    help: "Undo the last restore; a second undo brings it back",
    message: { type: "undo" },
    unless: noRestore,
  },
  {
    keys: ["a"],
    in: ["dashboard", "backups"],
    label: "activity",
    help: "Running and finished work",
    message: { type: "go", screen: "activity" },
    footer: true,
  },
];
