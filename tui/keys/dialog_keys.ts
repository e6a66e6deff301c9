/**
 * The keys of forms, questions, filters and things to read.
 *
 * @module
 */

import type { KeyBinding } from "./key_binding.ts";

/** The keys of forms, questions, filters and things to read. */
export const DIALOG_KEYS: readonly KeyBinding[] = [
  {
    keys: ["enter"],
    in: ["form"],
    label: "go",
    help: "Do it with these settings",
    message: { type: "submit" },
    footer: true,
  },
  {
    keys: ["down", "tab"],
    in: ["form"],
    label: "next",
    help: "Go to the next setting",
    message: { type: "nextField", by: 1 },
    footer: true,
  },
  {
    keys: ["up", "shift+tab"],
    in: ["form"],
    label: "previous",
    help: "Go to the previous setting",
    message: { type: "nextField", by: -1 },
  },
  {
    keys: ["y", "enter"],
    in: ["ask"],
    label: "yes",
    help: "Yes, do it",
    message: { type: "submit" },
    footer: true,
  },
  {
    keys: ["n", "esc", "q"],
    in: ["ask"],
    label: "no",
    help: "No, go back",
    message: { type: "back" },
    footer: true,
  },
  {
    keys: ["enter", "esc", "q"],
    in: ["read"],
    label: "close",
    help: "Go back",
    message: { type: "back" },
    footer: true,
  },
  {
    keys: ["esc", "?", "q", "enter"],
    in: ["help"],
    label: "close",
    help: "Go back",
    message: { type: "back" },
    footer: true,
  },
  {
    keys: ["enter"],
    in: ["filter"],
    label: "keep the filter",
    help: "Go back to the list with this filter",
    message: { type: "submit" },
    footer: true,
  },
  {
    keys: ["esc"],
    in: ["filter"],
    label: "clear",
    help: "Show everything again",
    message: { type: "back" },
    footer: true,
  },
  {
    keys: ["down"],
    in: ["filter", "restoreTyping"],
    label: "down",
    help: "Go to the list",
    message: { type: "submit" },
  },
];
