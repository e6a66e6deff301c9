/**
 * One line of the activity.
 *
 * @module
 */

import type { Run } from "../../mod.ts";
import type { ActivityRow } from "../state/activity_rows.ts";
import { isRunning, type Job } from "../state/job.ts";
import type { State } from "../state/state.ts";
import { cut, left } from "../text/fit.ts";
import { moment, took } from "../text/moment.ts";
import { safeText } from "../text/safe_text.ts";
import type { Tone } from "../theme.ts";
import { type Span, span } from "./line.tsx";
import { jobWords } from "./progress.ts";

const signs: Readonly<Record<Job["outcome"] | Run["outcome"], readonly [string, Tone]>> = {
  running: ["◐", "accent"],
  stopping: ["◌", "warn"],
  done: ["✔", "good"],
  doubtful: ["⚠", "warn"],
  partly: ["⚠", "warn"],
  failed: ["✖", "bad"],
  cancelled: ["·", "faint"],
  skipped: ["·", "faint"],
};

/** The line: when, how it ended, what, how long, in words. */
export function activitySpans(
  row: ActivityRow,
  { state, width }: { readonly state: State; readonly width: number },
): readonly Span[] {
  const { at, outcome, title, ms, words } = row.kind === "job" ? ofJob(row.job) : ofRun(row.run);
  const [sign, tone] = signs[outcome];
  return [
    span(`${left(moment(at, state), 16)}  `, "faint"),
    span(`${sign} `, tone),
    span(left(title, 15)),
    span(left(ms === undefined || ms === 0 ? "" : took(ms), 11), "faint"),
    span(cut(safeText(words), Math.max(0, width - 46)), outcome === "failed" ? "bad" : undefined),
  ];
}

interface Facts {
  readonly at: string;
  readonly outcome: keyof typeof signs;
  readonly title: string;
  readonly ms: number | undefined;
  readonly words: string;
}

function ofJob(job: Job): Facts {
  const { startedAt: at, outcome, title, tookMs: ms, warnings, problem, result } = job;
  const facts = { at, outcome, title, ms };
  if (isRunning(job)) return { ...facts, words: jobWords(job) };
  if (outcome === "cancelled") return { ...facts, words: "stopped; nothing was left behind" };
  const warned = warnings.length === 0 ? "" : `   ⚠ ${warnings[0]?.message ?? ""}`;
  return { ...facts, words: `${problem?.message ?? result?.summary ?? ""}${warned}` };
}

function ofRun({ startedAt: at, finishedAt, outcome, job: title, message }: Run): Facts {
  const instant = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds;
  const ms = finishedAt === null ? undefined : instant(finishedAt) - instant(at);
  const words = outcome === "skipped" ? "nothing had changed" : message ?? "";
  return { at, outcome, title, ms, words };
}
