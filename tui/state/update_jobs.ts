/**
 * Work that is started, reports, is stopped and ends.
 *
 * @module
 */

import type { Run } from "../../mod.ts";
import type { Outcome } from "../actions.ts";
import { exactMoment, took } from "../text/moment.ts";
import { activityRows } from "./activity_rows.ts";
import { chosenInList } from "./listed.ts";
import { heard, isRunning, type Job } from "./job.ts";
import type { Message } from "./message.ts";
import { startJob } from "./start_job.ts";
import type { State } from "./state.ts";
import { type Step, step } from "./step.ts";
import { type Toast, withToast } from "./toast.ts";

/** The next step of some work. */
export function updateJobs(state: State, message: Message): Step | undefined {
  switch (message.type) {
    case "backupNow":
      return startJob(state, { verb: "backup", choice: state.usual });
    case "verify":
      return startJob(state, { verb: "verify", ids: chosenIds(state) });
    case "stop":
      return stop(state, selectedJob(state)?.id);
    case "showReport":
      return showReport(state);
    case "event":
      return step(withJob(state, message.job, (job) => heard(job, message.event)));
    case "jobDone":
      return done(state, message);
    case "jobFailed":
      return failed(state, message);
  }
  return undefined;
}

/** Asks a job to stop. */
export function stop(state: State, id: string | undefined): Step {
  const job = state.jobs.find((each) => each.id === id);
  if (job === undefined || job.outcome !== "running") return step(state);
  const stopping = withJob(state, job.id, (each) => ({ ...each, outcome: "stopping" }));
  return step(stopping, { type: "stop", job: job.id });
}

/** The marked backups, else the one under the cursor; the newest outside the list. */
function chosenIds(state: State): readonly string[] {
  if (state.screen === "backups") return chosenInList(state).map(({ id }) => id);
  const newest = state.loaded?.backups.find(({ status }) => status === "available");
  return newest === undefined ? [] : [newest.id];
}

function withJob(state: State, id: string, change: (job: Job) => Job): State {
  return { ...state, jobs: state.jobs.map((job) => job.id === id ? change(job) : job) };
}

/** Where the database is to be opened again, that follows. */
function done(state: State, message: Extract<Message, { type: "jobDone" }>): Step {
  const next = told(state, message);
  const path = state.place?.database;
  if (message.result.reopen !== true || path === undefined) return next;
  // Keys wait until then: what they are for has changed.
  const choosing = { ...next.state.choosing, opening: true };
  return {
    state: { ...next.state, choosing },
    commands: [...next.commands, { type: "open", path }],
  };
}

function told(state: State, message: Extract<Message, { type: "jobDone" }>): Step {
  const { job: id, result, tookMs } = message;
  const doubtful = result.doubtful === true;
  const next = withJob(state, id, (job) => ({
    ...job,
    outcome: doubtful ? "doubtful" : "done",
    result,
    tookMs,
  }));
  const { show = false, lines = [] } = result;
  if (show && next.modal === undefined) {
    // What was asked for is shown; a line of news would only lie over it.
    const title = result.summary;
    return step({ ...next, modal: { kind: "read", title, lines, top: 0 } });
  }
  return step({ ...next, toasts: withToast(next.toasts, newsOf(result, next)) });
}

function newsOf(result: Outcome, { jobs }: State): Pick<Toast, "kind" | "text" | "hint"> {
  const { warnings = [] } = jobs.find((job) => job.result === result) ?? {};
  const hint = warnings.find(({ isRetry }) => isRetry !== true)?.message;
  return { kind: result.doubtful ? "error" : "done", text: result.summary, hint };
}

function failed(state: State, message: Extract<Message, { type: "jobFailed" }>): Step {
  const { job: id, problem, tookMs } = message;
  const cancelled = problem.code === "CANCELLED";
  const next = withJob(state, id, (job) => ({
    ...job,
    outcome: cancelled ? "cancelled" : "failed",
    problem,
    tookMs,
  }));
  const title = state.jobs.find((job) => job.id === id)?.title ?? "work";
  const toasts = cancelled
    ? withToast(next.toasts, { kind: "note", text: `Stopped: ${title}` })
    : withToast(next.toasts, { kind: "error", text: problem.message, hint: problem.hint });
  const afterwards = state.afterwards?.job === id ? undefined : state.afterwards;
  return step({ ...next, toasts, afterwards });
}

function selectedJob(state: State): Job | undefined {
  const row = activityRows(state)[state.activityRow];
  return row?.kind === "job" ? row.job : undefined;
}

/** What the log knows of a run, as lines to read. */
function showRun(state: State, run: Run): Step {
  const { job, outcome, message, code, host, startedAt, details } = run;
  const lines = [
    `${job}: ${outcome}${code === null ? "" : ` (${code})`}`,
    exactMoment(startedAt, state.zone),
    ...(message === null ? [] : [message]),
    ...(host === null ? [] : [`on ${host}`]),
    "",
    ...Object.entries(details).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
  ];
  return step({ ...state, modal: { kind: "read", title: job, lines, top: 0 } });
}

/** What is known of a job, as lines to read. */
function showReport(state: State): Step {
  const row = activityRows(state)[state.activityRow];
  if (row?.kind === "run") return showRun(state, row.run);
  const job = row?.job;
  if (job === undefined || isRunning(job)) return step(state);
  const lines = [
    job.problem?.message ?? job.result?.summary ?? "",
    ...(job.problem?.hint === undefined ? [] : [`→ ${job.problem.hint}`]),
    ...(job.tookMs === undefined ? [] : [`It took ${took(job.tookMs)}.`]),
    ...job.warnings.flatMap(({ message, hint }) => [
      "",
      `⚠ ${message}`,
      ...(hint === undefined ? [] : [`  → ${hint}`]),
    ]),
    ...(job.result?.lines === undefined ? [] : ["", ...job.result.lines]),
  ];
  return step({ ...state, modal: { kind: "read", title: job.title, lines, top: 0 } });
}
