/**
 * The keys of the retention screen.
 *
 * @module
 */

import { noBackups, noPlanRow, nothingToPrune } from "../reasons.ts";
import type { KeyBinding } from "./key_binding.ts";

/** The keys of the retention screen. */
export const RETENTION_KEYS: readonly KeyBinding[] = [
  {
    keys: ["e"],
    in: ["retention"],
    label: "change the policy",
    help: "Change the policy, and see what it would lead to before it is saved",
    message: { type: "editPolicy" },
    footer: true,
  },
  {
    keys: ["x"],
    in: ["retention"],
    label: "apply now",
    help: "Move to the trash what the policy lets go",
    message: { type: "prune" },
    footer: true,
    unless: nothingToPrune,
  },
  {
    keys: ["v"],
    in: ["retention"],
    label: "verify",
    help: "Verify the newest backup",
    message: { type: "verify" },
    unless: noBackups,
  },
  {
    keys: ["enter"],
    in: ["retention"],
    label: "list",
    help: "Show this backup in the list",
    message: { type: "showPlanned" },
    unless: noPlanRow,
  },
];
