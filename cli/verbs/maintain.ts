/**
 * Maintains the live database, with a question before it is written anew.
 *
 * @module
 */

import { formatByteSize } from "../../core/words/byte_size.ts";
import type { DatabaseSize, MaintenanceAction } from "../../core/engine/maintain.ts";
import { maintain, type MaintainResult, type VacuumPreview } from "../../core/maintain.ts";
import { choosePlace } from "../choose_database.ts";
import { confirmOnTerminal } from "../confirm.ts";
import { escapeText } from "../escape.ts";
import { exitCodeOf } from "../exit_code.ts";
import { plural } from "../format.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";

/** What the command is given. */
export interface MaintainFlags {
  readonly action: MaintenanceAction;
  readonly database?: string | undefined;
  readonly yes?: boolean | undefined;
}

/** Does it. */
export async function maintainVerb(run: Run, flags: MaintainFlags): Promise<Outcome> {
  const { database, directory } = await choosePlace(run, flags.database);
  const result = await maintain({
    database,
    directory,
    action: flags.action,
    confirm: flags.yes === true ? undefined : (preview) => confirmVacuum(run, preview),
    clock: run.clock,
    signal: run.signal,
    onEvent: run.printer.event,
  });
  const { safetyBackup, ok } = result;
  const note = safetyBackup === null ? undefined : `The state before is ${safetyBackup.name}.`;
  return {
    verb: "maintain",
    data: result,
    text: textOf(result),
    note,
    exitCode: ok ? 0 : exitCodeOf("DATABASE_CORRUPT"),
  };
}

function confirmVacuum(run: Run, { database, size, free }: VacuumPreview): Promise<boolean> {
  const text = [
    `${escapeText(database)}: ${formatByteSize(size)}, of which ${formatByteSize(free)} are free`,
    "This writes the whole database anew. Programs that write wait meanwhile, and rowids of",
    "tables without an INTEGER PRIMARY KEY change. A safety backup comes first.",
  ].join("\n");
  return confirmOnTerminal(run, { text, what: "compact the database" });
}

function textOf({ action, before, after, problems, foreignKeyViolations }: MaintainResult): string {
  if (action !== "integrity") return `${sizeText(before)} → ${sizeText(after)}`;
  const keys = foreignKeyViolations === 0
    ? []
    : [`${plural(foreignKeyViolations, "row")} break a foreign key (PRAGMA foreign_key_check)`];
  const head = problems.length === 0 ? `sound  ${sizeText(before)}` : "DAMAGED";
  return [head, ...problems.map((problem) => `  ${escapeText(problem)}`), ...keys].join("\n");
}

function sizeText({ file, wal, free }: DatabaseSize): string {
  const parts = [formatByteSize(file)];
  if (wal > 0) parts.push(`-wal ${formatByteSize(wal)}`);
  if (free > 0) parts.push(`${formatByteSize(free)} free`);
  return parts.join(", ");
}
