/**
 * A backup in words.
 *
 * @module
 */

import { isGood, type ListedBackup } from "../../mod.ts";
import type { Tone } from "../theme.ts";
import { safeText } from "./safe_text.ts";

/** `✔ checked`, `· hashed`, `✖ missing`: how far a backup is known to be good. */
export function proofWords(backup: ListedBackup): { readonly text: string; readonly tone: Tone } {
  if (backup.status === "missing") return { text: "✖ missing", tone: "bad" };
  if (backup.status === "deleted") return { text: "⌫ in trash", tone: "faint" };
  if (isGood(backup)) return { text: `✔ ${backup.proof}`, tone: "good" };
  return { text: `⚠ ${backup.proof}`, tone: "warn" };
}

/** `⚑ “before the party”`: pin and note. */
export function remark({ pinned, note, metadata }: ListedBackup): string {
  const pin = pinned ? "⚑ pinned " : "";
  const restoring = metadata.restoring === undefined
    ? ""
    : `before restoring ${metadata.restoring}`;
  const text = note === null || note === "" ? restoring : `“${note}”`;
  return safeText(`${pin}${text}`).trimEnd();
}
