/**
 * Shows the log of runs.
 *
 * @module
 */

import type { Run as LoggedRun } from "../../core/catalog/run.ts";
import { resolvePlace } from "../../core/directory/place.ts";
import { readLog } from "../../core/log.ts";
import { choosePlace } from "../choose_database.ts";
import { escapeText } from "../escape.ts";
import { elapsedText, wallTime } from "../format.ts";
import { parseSince, parseUntil } from "../parse_when.ts";
import type { Outcome } from "../printer.ts";
import { refuseWrongPath } from "../refuse_wrong_path.ts";
import type { Run } from "../session.ts";
import { fitting, table } from "../table.ts";

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
    until: until === undefined ? undefined : parseUntil(run, until),
    failed,
  });
  if (runs.length === 0) await refuseWrongPath(await resolvePlace({ database, directory }));
  return { verb: "log", data: { runs }, text: await textOf(run, runs) };
}

async function textOf(run: Run, runs: readonly LoggedRun[]): Promise<string> {
  if (runs.length === 0) return "No runs.";
  const zone = run.clock.zone();
  return await table(runs, [
    { title: "BEGAN", cell: ({ startedAt }) => wallTime(startedAt, zone) },
    { title: "JOB", cell: jobText },
    { title: "OUTCOME", cell: ({ outcome, code }) => escapeText(code ?? outcome) },
    { title: "TOOK", cell: tookText, align: "right", drop: 1 },
    { title: "WHO", cell: whoText, drop: 2 },
    { title: "WHAT", cell: ({ message }) => escapeText(message ?? "") },
  ], fitting(run.session.screen));
}

/** An undo is logged as the restore that it is. */
function jobText({ job, details }: LoggedRun): string {
  return details.undo === true ? "undo" : escapeText(job);
}

/** `ada@server`, as far as known. */
function whoText({ user, host }: LoggedRun): string {
  return escapeText([user, host].filter((part) => part !== null).join("@") || "-");
}

function tookText({ startedAt, finishedAt }: LoggedRun): string {
  if (finishedAt === null) return "-";
  return elapsedText(Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)));
}
