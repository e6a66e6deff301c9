/**
 * What was done: the work of this UI, and the log of everybody.
 *
 * @module
 */

import type { Run } from "../../mod.ts";
import type { Job } from "./job.ts";
import type { State } from "./state.ts";

/** One line of the activity. */
export type ActivityRow =
  | { readonly kind: "job"; readonly job: Job }
  | { readonly kind: "run"; readonly run: Run };

/** Newest first; work of this UI that the log knows too stands there once. */
export function activityRows({ jobs, loaded }: State): readonly ActivityRow[] {
  const others = (loaded?.runs ?? []).filter((run) => !jobs.some((job) => isOf(run, job)));
  const rows: ActivityRow[] = [
    ...jobs.map((job) => ({ kind: "job", job }) as const),
    ...others.map((run) => ({ kind: "run", run }) as const),
  ];
  return rows.toSorted((a, b) => beganAt(b) - beganAt(a));
}

function beganAt(row: ActivityRow): number {
  const iso = row.kind === "job" ? row.job.startedAt : row.run.startedAt;
  return Temporal.Instant.from(iso).epochMilliseconds;
}

/** Work that the log calls by another word. */
const logged: Readonly<Record<string, string>> = { undo: "restore", fetch: "pull" };

/** Whether a line of the log is of this job: it began while the job ran, and does the same. */
function isOf(run: Run, job: Job): boolean {
  const title = logged[job.title] ?? job.title;
  if (run.job !== title) return false;
  const began = Temporal.Instant.from(job.startedAt).epochMilliseconds;
  const at = Temporal.Instant.from(run.startedAt).epochMilliseconds;
  // The state's clock may be a tick behind that of the work.
  return at >= began && at <= began + (job.tookMs ?? Infinity) + 2_000;
}
