/**
 * Drills a backup and says how long a restore takes.
 *
 * @module
 */

import { drill, type DrillResult } from "../../core/drill.ts";
import { drillCopy } from "../../core/targets/drill_copy.ts";
import { choosePlace } from "../choose_database.ts";
import { escapeText } from "../escape.ts";
import { exitCodeOf } from "../exit_code.ts";
import { elapsedText } from "../format.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { withCopies } from "../targets/copies_options.ts";
import { formatsOf } from "../targets/open_formats.ts";
import { foundLine } from "./verify.ts";

/** What the command is given. */
export interface DrillFlags {
  readonly backup?: string | undefined;
  readonly database?: string | undefined;
  /** The copy there. */
  readonly target?: string | undefined;
  /** Whose copies, where there are those of several databases. */
  readonly copies?: string | undefined;
}

/** Drills it, with what the configuration expects of a backup. */
export async function drillVerb(run: Run, flags: DrillFlags): Promise<Outcome> {
  const { target } = flags;
  if (target !== undefined) return outcomeOf(run, await drillThere(run, { ...flags, target }));
  const place = await choosePlace(run, flags.database);
  const { expectTables, assertions } = (await place.configured()).settings;
  const result = await drill({
    database: place.database,
    directory: place.directory,
    formats: formatsOf(run),
    backup: flags.backup,
    expectTables,
    assertions,
    clock: run.clock,
    signal: run.signal,
    onEvent: run.printer.event,
  });
  return outcomeOf(run, result);
}

async function drillThere(
  run: Run,
  flags: DrillFlags & { readonly target: string },
): Promise<DrillResult> {
  return await withCopies(run, flags, async (options, place) => {
    const { expectTables, assertions } = (await place.configured()).settings;
    const { backup } = flags;
    return await drillCopy({
      ...options,
      backup,
      expectTables,
      assertions,
      formats: formatsOf(run),
    });
  });
}

function outcomeOf(run: Run, result: DrillResult): Outcome {
  const { ok } = result;
  return {
    verb: "drill",
    data: result,
    text: [foundLine(result, run.session.screen.color), ...timesText(result)].join("\n"),
    note: ok ? "The scratch file is gone; the live database was not touched." : undefined,
    exitCode: ok ? 0 : exitCodeOf("BACKUP_INVALID"),
  };
}

function timesText({ times }: DrillResult): string[] {
  if (times === undefined) return [];
  const { restoreMs, proofMs, openMs } = times;
  const parts = [
    `restore ${elapsedText(restoreMs)}`,
    `proof ${elapsedText(proofMs)}`,
    `opening and counting ${elapsedText(openMs)}`,
  ];
  return [`      ${escapeText(parts.join(", "))}`];
}
