/**
 * Shows the log of runs.
 *
 * @module
 */

import type { Run as LoggedRun } from "../../core/catalog/run.ts";
import { readLog } from "../../core/log.ts";
import { choosePlace } from "../choose_database.ts";
import { escapeText } from "../escape.ts";
import { elapsedText, wallTime } from "../format.ts";
import { parseSince } from "../parse_when.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { table } from "../table.ts";

/** The options of the command. */
export interface LogFlags {
  readonly limit?: number | undefined;
  readonly job?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly failed?: boolean | undefined;
}

/** Shows the runs, newest first. */
export async function logVerb(
  run: Run,
  name: string | undefined,
  { limit = 20, job, since, until, failed }: LogFlags,
): Promise<Outcome> {
  const { database, directory } = await choosePlace(run, name);
  const runs = await readLog({
    database,
    directory,
    limit,
    job,
    since: since === undefined ? undefined : parseSince(run, since),
    until: until === undefined ? undefined : parseSince(run, until),
    failed,
  });
  return { verb: "log", data: { runs }, text: await textOf(run, runs) };
}

async function textOf(run: Run, runs: readonly LoggedRun[]): Promise<string> {
  if (runs.length === 0) return "No runs.";
  const zone = run.clock.zone();
  const { screen } = run.session;
  return await table(runs, [
    { title: "BEGAN", cell: ({ startedAt }) => wallTime(startedAt, zone) },
    { title: "JOB", cell: ({ job }) => escapeText(job) },
    { title: "OUTCOME", cell: ({ outcome, code }) => escapeText(code ?? outcome) },
    { title: "TOOK", cell: tookText, align: "right", drop: 1 },
    { title: "WHO", cell: whoText, drop: 2 },
    { title: "WHAT", cell: ({ message }) => escapeText(message ?? "") },
  ], screen.out.isTerminal ? { columns: screen.columns() } : {});
}

/** `ada@server`, as far as known. */
function whoText({ user, host }: LoggedRun): string {
  return escapeText([user, host].filter((part) => part !== null).join("@") || "-");
}

function tookText({ startedAt, finishedAt }: LoggedRun): string {
  if (finishedAt === null) return "-";
  return elapsedText(Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)));
}
