/**
 * One line that says how far a phase is: amount, rate, time left.
 *
 * @module
 */

import { formatByteSize } from "../core/words/byte_size.ts";
import type { Phase, ProgressEvent } from "../core/events.ts";
import { escapeText } from "./escape.ts";

/** What a phase is called while it runs. */
export const phaseWords: Readonly<Record<Phase, string>> = {
  wait: "waiting",
  estimate: "estimating",
  snapshot: "copying",
  hash: "hashing",
  check: "checking",
  record: "recording",
  safety: "safety backup",
  restore: "restoring",
  pack: "packing",
  unpack: "unpacking",
  encode: "encoding",
  upload: "uploading",
  download: "downloading",
  prune: "pruning",
  read: "reading",
  write: "writing",
  hook: "hook",
};

/**
 * The line for an event of a phase that began `elapsedMs` ago, cut to the columns:
 * the time left goes first, then the rate, then the bar.
 */
export function progressLine(
  event: ProgressEvent,
  options: { readonly elapsedMs: number; readonly columns: number },
): string {
  const { done, total } = event;
  const seconds = options.elapsedMs / 1000;
  const rate = seconds > 0.2 ? done / seconds : undefined;
  const left = rate !== undefined && total !== undefined && rate > 0
    ? (total - done) / rate
    : undefined;
  const item = event.item === undefined ? "" : ` ${escapeText(event.item)}`;
  const parts = [
    phaseWords[event.phase],
    ...(total === undefined || total === 0 ? [] : [`${Math.floor((done / total) * 100)}%`]),
    amount(event),
    ...(rate !== undefined && event.unit === "bytes" ? [`${formatByteSize(rate)}/s`] : []),
    ...(left !== undefined && left >= 1 ? [`${clockTime(left)} left`] : []),
  ];
  const width = options.columns - 1;
  while (parts.length > 1 && parts.join("  ").length > width) parts.pop();
  const line = parts.join("  ");
  const withItem = `${line}${item}`;
  return (withItem.length <= width ? withItem : line).slice(0, width);
}

function amount({ done, total, unit }: ProgressEvent): string {
  if (unit === "bytes") {
    const of = total === undefined ? "" : ` of ${formatByteSize(total)}`;
    return `${formatByteSize(done)}${of}`;
  }
  return total === undefined ? `${done} ${unit}` : `${done} of ${total} ${unit}`;
}

/** `1:05`, `2:03:00`. */
export function clockTime(seconds: number): string {
  const whole = Math.ceil(seconds);
  const pad = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0
    ? `${hours}:${pad(minutes)}:${pad(whole % 60)}`
    : `${minutes}:${pad(whole % 60)}`;
}
