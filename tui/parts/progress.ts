/**
 * How far a job is, in a bar and in words.
 *
 * @module
 */

import { formatByteSize } from "../../mod.ts";
import type { Phase } from "../../mod.ts";
import { type Job, presentStep, type Step } from "../state/job.ts";
import { count } from "../text/count.ts";
import { safeText } from "../text/safe_text.ts";

/** What each phase does, for people. */
const words: Readonly<Record<Phase, string>> = {
  wait: "wait for its turn",
  estimate: "estimate",
  snapshot: "copy the pages",
  hash: "hash",
  check: "check the integrity",
  record: "write it down",
  safety: "safety backup",
  restore: "restore",
  pack: "pack",
  unpack: "unpack",
  encode: "encode",
  upload: "upload",
  download: "download",
  prune: "prune",
  read: "read",
  write: "write",
  hook: "run the hooks",
};

/** What a step does, with what it is busy with. */
export function stepWords({ phase, item }: Step): string {
  return item === undefined ? words[phase] : `${words[phase]}: ${safeText(item)}`;
}

/** `████░░░░`. */
export function bar(share: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return "█".repeat(full) + "░".repeat(Math.max(0, width - full));
}

/** `6.1 of 9.1 MB`, `3 of 7`; empty where nothing is counted. */
export function amount({ done, total, unit }: Step): string {
  if (total === undefined) return done === 0 ? "" : shownAmount(done, unit);
  if (unit === "steps" && total <= 1) return "";
  return `${shownAmount(done, unit)} of ${shownAmount(total, unit)}`;
}

function shownAmount(value: number, unit: Step["unit"]): string {
  return unit === "bytes" ? formatByteSize(value) : count(value);
}

/** One line about a job that runs. */
export function jobWords(job: Job): string {
  const step = presentStep(job);
  if (job.outcome === "stopping") return "stopping";
  if (step === undefined) return "starting";
  const share = step.total !== undefined && step.total > 1
    ? `  ${bar(step.done / step.total, 12)}  ${amount(step)}`
    : "";
  return `${stepWords(step)}${share}`;
}
