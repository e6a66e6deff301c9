/**
 * How sending copies went, in one line of news.
 *
 * @module
 */

import { type PushedTarget, pushedWords } from "../../core/targets/push_result.ts";
import { formatByteSize } from "../../core/words/byte_size.ts";
import { plural } from "../format.ts";

/** `Sent 1 backup to usb, 1.2 MB`; of several targets how each took it. */
export function sentWords(targets: readonly PushedTarget[]): string {
  const [only, ...others] = targets;
  if (only === undefined || others.length > 0) return `Copies: ${pushedWords(targets)}`;
  const { target, ok, copies, error } = only;
  if (!ok) return `${target} did not get everything: ${error?.message ?? "it failed"}`;
  const sent = copies.filter(({ already }) => !already);
  if (sent.length === 0) return `${target} has everything already`;
  const bytes = sent.reduce((sum, { size }) => sum + size, 0);
  return `Sent ${plural(sent.length, "backup")} to ${target}, ${formatByteSize(bytes)}`;
}

/** `No copy on usb`: which targets did not get theirs; `undefined` where all did. */
export function missedWords(targets: readonly PushedTarget[]): string | undefined {
  const missed = targets.filter(({ ok }) => !ok).map(({ target }) => target);
  return missed.length === 0 ? undefined : `No copy on ${missed.join(", ")}`;
}
