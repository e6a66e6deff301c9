/**
 * The keys of bringing single rows back.
 *
 * @module
 */

import { nothingMissing, notMarkable } from "../reasons.ts";
import type { KeyBinding } from "./key_binding.ts";

/** The keys of bringing single rows back. */
export const RESCUE_KEYS: readonly KeyBinding[] = [
  {
    keys: ["enter"],
    in: ["rescue"],
    label: "go on",
    help: "Look for the rows of this table; then bring the marked ones back, or all",
    message: { type: "submit" },
    footer: true,
    unless: nothingMissing,
  },
  {
    keys: ["space"],
    in: ["rescue"],
    label: "mark",
    help: "Mark this row",
    message: { type: "mark" },
    footer: true,
    unless: notMarkable,
  },
];
