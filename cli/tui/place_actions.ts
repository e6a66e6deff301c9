/**
 * Exports, another backup directory, the schedule and a first configuration file, as the
 * terminal UI asks for them.
 *
 * @module
 */

import { editConfigFile } from "../../core/config/edit_config.ts";
import type { Schedule } from "../../core/schedule/schedule.ts";
import type { DatabaseActions, ExportChoice, Outcome, Work } from "../../tui/actions.ts";
import { typedToPath } from "./complete_path.ts";
import type { ActionsContext, SettingsFile } from "./database_actions.ts";
import { jobRun } from "./job_run.ts";

/** These actions of one database. */
export function placeActions(
  context: ActionsContext,
): Pick<DatabaseActions, "exportTo" | "move" | "saveSchedule" | "writeConfig"> {
  const { file } = context;
  return {
    exportTo: (choice, work) => exportTo(context, choice, work),
    move: (to, work) => move(context, to, work),
    ...(file === undefined
      ? { writeConfig: (work) => writeConfig(context, work) }
      : { saveSchedule: (schedule) => saveSchedule(context, file, schedule) }),
  };
}

function pathOf({ run, home }: ActionsContext, typed: string): string {
  const path = typedToPath(typed, { cwd: run.session.around.cwd, home });
  return /[/\\]$/.test(typed) ? `${path.replace(/[/\\]$/, "")}/` : path;
}

async function exportTo(
  context: ActionsContext,
  { backup, format, output, force }: ExportChoice,
  work: Work,
): Promise<Outcome> {
  const { database } = context.place;
  const { exportVerb, exportZipVerb } = await import("../verbs/export.ts");
  const flags = {
    what: backup,
    database,
    force,
    output: output === "" ? undefined : pathOf(context, output),
  };
  const run = jobRun(context.run, work);
  const { text = "" } = format === "zip"
    ? await exportZipVerb(run, flags)
    : await exportVerb(run, { ...flags, format });
  const [first = "", ...lines] = text.split("\n");
  return { summary: `Exported ${first}`, lines };
}

async function move(context: ActionsContext, typed: string, work: Work): Promise<Outcome> {
  const { file, configured, place } = context;
  const { moveVerb } = await import("../verbs/move.ts");
  const to = pathOf(context, typed);
  const { text = "" } = await moveVerb(jobRun(context.run, work), to, place.database);
  // A directory that the file names would be the old one at the next start.
  if (file !== undefined && configured.origins.get("directory")?.from === "file") {
    await editConfigFile(file.path, { key: keyIn(file, "directory"), value: to });
    await file.reload();
  }
  return { summary: text, reopen: true };
}

async function saveSchedule(
  { configured }: ActionsContext,
  file: SettingsFile,
  given: Schedule,
): Promise<Outcome> {
  const { zone, jitter, quiet, retentionDays } = configured.settings.schedule;
  const kept = { zone, jitter: jitter === "0s" ? undefined : jitter, quiet, retentionDays };
  const value = Object.fromEntries(
    Object.entries({ ...given, ...kept }).filter(([, each]) => each !== undefined),
  );
  await editConfigFile(file.path, { key: keyIn(file, "schedule"), value });
  await file.reload();
  return {
    summary: given.enabled === true ? "The schedule is on" : "The schedule is off",
    lines: given.enabled === true
      ? ["It runs by a timer of the system (holdfast schedule install), or by holdfast watch."]
      : [],
  };
}

function keyIn({ name }: SettingsFile, key: string): string {
  return name === undefined ? key : `databases.${name}.${key}`;
}

async function writeConfig({ run, place }: ActionsContext, work: Work): Promise<Outcome> {
  const { initVerb } = await import("../verbs/init.ts");
  const { text = "" } = await initVerb(jobRun(run, work), [place.database], {});
  return { summary: text, reopen: true };
}
