/**
 * A backup in words.
 *
 * @module
 */

import { isGood } from "../../mod.ts";
import { homesOf, type KnownBackup } from "../known_backup.ts";
import type { Tone } from "../theme.ts";
import { safeText } from "./safe_text.ts";

/** `✔ checked`, `⚠ hashed`, `✖ missing`, `↓ on usb`: how far a backup is known to be good. */
export function proofWords(backup: KnownBackup): { readonly text: string; readonly tone: Tone } {
  if (backup.status === "missing") {
    const [home] = homesOf(backup);
    if (home === undefined) return { text: "✖ missing", tone: "bad" };
    return { text: `↓ on ${safeText(home)}`, tone: "warn" };
  }
  if (backup.status === "deleted") return { text: "⌫ in trash", tone: "faint" };
  if (isGood(backup)) return { text: `✔ ${backup.proof}`, tone: "good" };
  return { text: `⚠ ${backup.proof}`, tone: "warn" };
}

/** `✔ usb   ✖ drive bad`: where copies of it lie; empty where none was sent. */
export function copyWords({ copies = [] }: KnownBackup): string {
  return copies.map(({ target, state }) => {
    const name = safeText(target);
    if (state === "stored") return `✔ ${name}`;
    if (state === "uploading") return `◐ ${name} on its way`;
    return state === "removing" ? `· ${name} being deleted` : `✖ ${name} ${state}`;
  }).join("   ");
}

/** `⚑ “before the party”`: pin and note. */
export function remark({ pinned, note, metadata }: KnownBackup): string {
  const pin = pinned ? "⚑ pinned " : "";
  const restoring = metadata.restoring === undefined
    ? ""
    : `before restoring ${metadata.restoring}`;
  const text = note === null || note === "" ? restoring : `“${note}”`;
  return safeText(`${pin}${text}`).trimEnd();
}
