/**
 * Looking into backups and bringing rows back, as the terminal UI asks for it.
 *
 * @module
 */

import { diff } from "../../core/diff.ts";
import type { RowChange } from "../../core/engine/diff_tables.ts";
import type { ShownRow, ShownValue } from "../../core/engine/shown_value.ts";
import { HoldfastError } from "../../core/errors.ts";
import { rescue } from "../../core/rescue.ts";
import type {
  DatabaseActions,
  MissingRow,
  Outcome,
  RescueChoice,
  Work,
} from "../../tui/actions.ts";
import { plural } from "../format.ts";
import { valueText } from "../value_text.ts";
import { formatsOf } from "../targets/open_formats.ts";
import { diffVerb } from "../verbs/diff.ts";
import { peekVerb } from "../verbs/peek.ts";
import type { ActionsContext } from "./database_actions.ts";
import { jobRun } from "./job_run.ts";

/** Rows that are shown to choose from. */
const MOST_ROWS = 1000;

/** These actions of one database. */
export function insideActions(
  context: ActionsContext,
): Pick<DatabaseActions, "compare" | "peek" | "missing" | "rescue"> {
  return {
    compare: (backup, work) => compare(context, backup, work),
    peek: (backup, table, work) => peekInto(context, { backup, table }, work),
    missing: (backup, table, work) => missing(context, { backup, table }, work),
    rescue: (choice, work) => bringBack(context, choice, work),
  };
}

async function compare(
  { run, place }: ActionsContext,
  backup: string,
  work: Work,
): Promise<Outcome> {
  const flags = { backup, database: place.database };
  const { text = "", note } = await diffVerb(jobRun(run, work), flags);
  const lines = [...text.split("\n"), ...(note === undefined ? [] : [note])];
  return { summary: "What came since this backup, and what went", lines, show: true };
}

async function peekInto(
  { run, place }: ActionsContext,
  choice: { readonly backup: string; readonly table: string },
  work: Work,
): Promise<Outcome> {
  const flags = { ...choice, database: place.database, limit: 200 };
  const { text = "", note } = await peekVerb(jobRun(run, work), flags);
  const lines = [...text.split("\n"), ...(note === undefined ? [] : [note.split(";")[0] ?? ""])];
  return { summary: `${choice.table}, first rows`, lines, show: true };
}

async function missing(
  { run, place }: ActionsContext,
  { backup, table }: { readonly backup: string; readonly table: string },
  { signal, onEvent }: Work,
): Promise<Outcome> {
  const { clock } = run;
  const { tables } = await diff({
    ...place,
    formats: formatsOf(run),
    backup,
    tables: [table],
    rows: MOST_ROWS,
    clock,
    signal,
    onEvent,
  });
  const found = tables.find((each) => each.table === table);
  if (found?.why !== undefined) {
    throw new HoldfastError("USAGE", `Cannot compare the rows of "${table}": ${found.why}`);
  }
  const rows = (found?.rows ?? []).filter(({ change }) => change === "removed").map(rowOf);
  const total = found?.removed ?? 0;
  return { summary: `${plural(total, "row")} of ${table} missing`, missing: { total, rows } };
}

function rowOf({ key, before = {} }: RowChange): MissingRow {
  const values = Object.entries({ ...key, ...before });
  const text = values.map(([name, value]) => `${name} ${valueText(value)}`).join("   ");
  return { id: JSON.stringify(key), text, where: conditionOf(key) };
}

/** The condition of a key; `undefined` where a value was cut for being shown. */
function conditionOf(key: ShownRow): string | undefined {
  const parts = Object.entries(key).map(([name, value]) => {
    const literal = literalOf(value);
    return literal === undefined ? undefined : `"${name.replaceAll('"', '""')}" IS ${literal}`;
  });
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  return parts.join(" AND ");
}

function literalOf(value: ShownValue): string | undefined {
  if (value === null) return "NULL";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") {
    return value.includes("\0") ? undefined : `'${value.replaceAll("'", "''")}'`;
  }
  return "integer" in value ? value.integer : undefined;
}

async function bringBack(
  { run, place }: ActionsContext,
  choice: RescueChoice,
  { signal, onEvent }: Work,
): Promise<Outcome> {
  const { inserted, kept, safetyBackup } = await rescue({
    ...place,
    formats: formatsOf(run),
    ...choice,
    clock: run.clock,
    signal,
    onEvent,
  });
  const differing = kept > 0 ? `, ${plural(kept, "row")} that differ left as found` : "";
  const undo = safetyBackup === null ? "" : "; u undoes it";
  return { summary: `Brought ${plural(inserted, "row")} back${differing}${undo}` };
}
