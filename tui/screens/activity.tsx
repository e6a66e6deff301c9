/**
 * Running and finished work.
 *
 * @module
 */

import type { ReactElement } from "react";
import { Line, span } from "../parts/line.tsx";
import { jobWords } from "../parts/progress.ts";
import { isRunning, type Job } from "../state/job.ts";
import { topRow } from "../state/page_size.ts";
import type { State } from "../state/state.ts";
import { left } from "../text/fit.ts";
import { moment, took } from "../text/moment.ts";
import { safeText } from "../text/safe_text.ts";
import type { Tone } from "../theme.ts";

const signs: Readonly<Record<Job["outcome"], readonly [string, Tone]>> = {
  running: ["◐", "accent"],
  stopping: ["◌", "warn"],
  done: ["✔", "good"],
  doubtful: ["⚠", "warn"],
  failed: ["✖", "bad"],
  cancelled: ["·", "faint"],
};

/** Draws it. */
export function Activity(
  { state, rows }: { readonly state: State; readonly rows: number },
): ReactElement[] {
  const { jobs, size, activityRow } = state;
  const width = size.columns;
  if (jobs.length === 0) {
    return [
      <Line key="none" spans={[span("  Nothing was done since the start.")]} width={width} />,
    ];
  }
  const page = Math.max(1, rows - 1);
  const top = topRow(activityRow, { length: jobs.length, page });
  return jobs.slice(top, top + page).map((job, at) => (
    <Line
      key={job.id}
      spans={spansOf(job, { state, under: top + at === activityRow })}
      width={width}
      selected={top + at === activityRow}
    />
  ));
}

function spansOf(
  job: Job,
  { state, under }: { readonly state: State; readonly under: boolean },
): ReturnType<typeof span>[] {
  const [sign, tone] = signs[job.outcome];
  const time = left(moment(job.startedAt, state), 16);
  const duration = job.tookMs === undefined ? "" : took(job.tookMs);
  return [
    span(under ? " › " : "   ", "accent"),
    span(`${time}  `, "faint"),
    span(`${sign} `, tone),
    span(left(job.title, 9)),
    span(left(duration, 11), "faint"),
    span(wordsOf(job), job.outcome === "failed" ? "bad" : undefined),
  ];
}

function wordsOf(job: Job): string {
  if (isRunning(job)) return jobWords(job);
  if (job.outcome === "cancelled") return "stopped; nothing was left behind";
  const warned = job.warnings.length === 0
    ? ""
    : `   ⚠ ${safeText(job.warnings[0]?.message ?? "")}`;
  return safeText(job.problem?.message ?? job.result?.summary ?? "") + warned;
}
