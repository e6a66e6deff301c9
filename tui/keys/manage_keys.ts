/**
 * The keys that manage backups.
 *
 * @module
 */

import type { KeyBinding } from "./key_binding.ts";
import {
  inTrash,
  noBackups,
  noCopy,
  noSettingsFile,
  noTables,
  notHere,
  nothingToFetch,
  notInTrash,
  onlyElsewhere,
} from "../reasons.ts";

/** The keys that manage backups. */
export const MANAGE_KEYS: readonly KeyBinding[] = [
  {
    keys: ["p"],
    in: ["backups"],
    label: "pin",
    help: "Pin this backup or the marked ones, or unpin them: pinned ones are kept for ever",
    message: { type: "pin" },
    footer: true,
    unless: inTrash,
  },
  {
    keys: ["n"],
    in: ["backups"],
    label: "note",
    help: "Write a note to this backup or the marked ones",
    message: { type: "note" },
    footer: true,
    unless: inTrash,
  },
  {
    keys: ["D"],
    in: ["backups"],
    label: "delete",
    help: "Move this backup or the marked ones to the trash",
    message: { type: "delete" },
    unless: onlyElsewhere,
  },
  {
    keys: ["f"],
    in: ["backups"],
    label: "fetch",
    help: "Fetch this backup or the marked ones from a target that has a copy",
    message: { type: "onCopy", action: "fetch" },
    unless: nothingToFetch,
  },
  {
    keys: ["X"],
    in: ["backups"],
    label: "delete the copy",
    help: "Delete the copy of this backup or the marked ones on a target",
    message: { type: "onCopy", action: "delete" },
    unless: noCopy,
  },
  {
    keys: ["t"],
    in: ["backups"],
    label: "trash",
    help: "Show what lies in the trash, or the backups again",
    message: { type: "trash" },
  },
  {
    keys: ["U"],
    in: ["backups"],
    label: "bring back",
    help: "Bring this backup or the marked ones back from the trash",
    message: { type: "undelete" },
    unless: notInTrash,
  },
  {
    keys: ["p"],
    in: ["dashboard", "activity"],
    label: "retention",
    help: "What is kept and for how long; try another policy",
    message: { type: "go", screen: "retention" },
    footer: true,
  },
  {
    keys: ["c"],
    in: ["backups"],
    label: "compare",
    help: "What differs between this backup and the live database",
    message: { type: "compare" },
    unless: notHere,
  },
  {
    keys: ["o"],
    in: ["backups"],
    label: "look into",
    help: "Look at rows of a table in this backup",
    message: { type: "peek" },
    unless: noTables,
  },
  {
    keys: ["w"],
    in: ["backups"],
    label: "rescue rows",
    help: "Bring single rows back that this backup has and the live database lacks",
    message: { type: "rescue" },
    unless: noTables,
  },
  {
    keys: ["P"],
    in: ["backups"],
    label: "drill",
    help: "Restore this backup into a scratch file and prove it there",
    message: { type: "drill" },
    unless: notHere,
  },
  {
    keys: ["s"],
    in: ["dashboard", "activity", "retention"],
    label: "statistics",
    help: "Sizes, growth and how often backups succeeded",
    message: { type: "go", screen: "statistics" },
    unless: noBackups,
  },
  {
    keys: [","],
    in: ["dashboard", "activity", "retention", "statistics"],
    label: "settings",
    help: "Every setting with its help",
    message: { type: "go", screen: "settings" },
  },
  {
    keys: ["enter"],
    in: ["settings"],
    label: "change",
    help: "Change this setting in the configuration file",
    message: { type: "editSetting" },
    footer: true,
    unless: noSettingsFile,
  },
];
