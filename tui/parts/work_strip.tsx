/**
 * What runs, above the footer of every screen.
 *
 * @module
 */

import type { ReactElement } from "react";
import { isRunning, type Job } from "../state/job.ts";
import { left } from "../text/fit.ts";
import { Line, span } from "./line.tsx";
import { jobWords } from "./progress.ts";

const SHOWN = 3;

/** The jobs that the strip shows. */
export function stripJobs(jobs: readonly Job[]): readonly Job[] {
  return jobs.filter(isRunning).slice(0, SHOWN);
}

/** Draws a line for each. */
export function WorkStrip(
  { jobs, width }: { readonly jobs: readonly Job[]; readonly width: number },
): readonly ReactElement[] {
  return stripJobs(jobs).map((job) => (
    <Line
      key={job.id}
      spans={[span("  ◐ ", "accent"), span(left(job.title, 13), "strong"), span(jobWords(job))]}
      width={width}
    />
  ));
}
