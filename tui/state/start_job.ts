/**
 * Starts a piece of work.
 *
 * @module
 */

import type { Task } from "./command.ts";
import { startedJob } from "./job.ts";
import type { State } from "./state.ts";
import { type Step, step } from "./step.ts";

/** Jobs that are remembered; those that run are never forgotten first. */
const REMEMBERED = 200;

/** The state with one more job, and the command to do it. */
export function startJob(state: State, task: Task): Step {
  const jobCount = state.jobCount + 1;
  const id = `job-${jobCount}`;
  const job = startedJob(id, task.verb, state.now.toString());
  const jobs = [job, ...state.jobs].slice(0, REMEMBERED);
  return step({ ...state, jobs, jobCount }, { type: "start", job: id, task });
}
