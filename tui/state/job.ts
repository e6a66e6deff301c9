/**
 * Work that runs or has ended, as its events tell it.
 *
 * @module
 */

import type { HoldfastEvent, Phase, ProgressEvent } from "../../mod.ts";
import type { Outcome } from "../actions.ts";
import type { Problem } from "./problem.ts";

/** One step of a job, in the order in which it was first heard of. */
export interface Step {
  readonly phase: Phase;
  readonly done: number;
  readonly total: number | undefined;
  readonly unit: ProgressEvent["unit"];
  readonly item: string | undefined;
}

/** What went on in spite of something. */
export interface JobWarning {
  readonly message: string;
  readonly hint?: string | undefined;
  /** It was tried again: how that ended is told elsewhere. */
  readonly isRetry?: boolean | undefined;
}

/** One piece of work. */
export interface Job {
  readonly id: string;
  /** What it is, in a word or two: `backup`, `restore`. */
  readonly title: string;
  readonly startedAt: string;
  /** Milliseconds that it took; `undefined` while it runs. */
  readonly tookMs: number | undefined;
  readonly outcome: "running" | "stopping" | "done" | "doubtful" | "failed" | "cancelled";
  readonly steps: readonly Step[];
  readonly warnings: readonly JobWarning[];
  /** From here on it cannot be stopped without having taken effect. */
  readonly pastReturn: boolean;
  readonly result: Outcome | undefined;
  readonly problem: Problem | undefined;
}

/** A job that begins now. */
export function startedJob(id: string, title: string, startedAt: string): Job {
  return {
    id,
    title,
    startedAt,
    tookMs: undefined,
    outcome: "running",
    steps: [],
    warnings: [],
    pastReturn: false,
    result: undefined,
    problem: undefined,
  };
}

/** Whether it still runs. */
export function isRunning({ outcome }: Job): boolean {
  return outcome === "running" || outcome === "stopping";
}

/** The job after one of its events. */
export function heard(job: Job, event: HoldfastEvent): Job {
  switch (event.type) {
    case "progress":
      return { ...job, steps: withStep(job.steps, event), pastReturn: isPastReturn(job, event) };
    case "warning":
      return { ...job, warnings: [...job.warnings, { message: event.message, hint: event.hint }] };
    case "retrying": {
      const message = `${event.message}; try ${event.attempt} in ${event.delayMs / 1000} s`;
      return { ...job, warnings: [...job.warnings, { message, isRetry: true }] };
    }
    default:
      // How it ended is known from what it gave back or threw.
      return job;
  }
}

/** A phase that comes back after one of these is another step: the check after the restore. */
const turns: readonly Phase[] = ["safety", "restore"];

function withStep(steps: readonly Step[], event: ProgressEvent): readonly Step[] {
  const { phase, done, total, unit, item } = event;
  const step: Step = { phase, done, total, unit, item };
  const at = steps.findLastIndex((each) => each.phase === phase);
  const ended = steps.slice(at + 1).some((each) => turns.includes(each.phase));
  return at < 0 || ended ? [...steps, step] : steps.with(at, step);
}

/** The live database has changed once the step `restore` is over, unless an event says so before. */
function isPastReturn({ steps, pastReturn }: Job, event: ProgressEvent): boolean {
  if (pastReturn || event.pointOfNoReturn === true) return true;
  if (event.job !== "restore" && event.job !== "undo") return false;
  if (event.phase === "restore") return event.done === event.total;
  return steps.some(({ phase }) => phase === "restore");
}

/** The step that is under way: the last one heard of that is not complete. */
export function presentStep({ steps }: Job): Step | undefined {
  return steps.findLast(({ done, total }) => done !== total) ?? steps.at(-1);
}
