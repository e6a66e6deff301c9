/**
 * Compares a backup with the live database or another backup.
 *
 * @module
 */

import { diff, type DiffResult } from "../../core/diff.ts";
import type { TableDiff } from "../../core/engine/diff.ts";
import type { RowChange } from "../../core/engine/diff_tables.ts";
import type { SchemaChange } from "../../core/engine/schema_changes.ts";
import type { ShownRow } from "../../core/engine/shown_value.ts";
import { escapeText } from "../escape.ts";
import { grouped, plural } from "../format.ts";
import { paint } from "../paint.ts";
import { placeForBackup } from "../place_for_backup.ts";
import type { Outcome } from "../printer.ts";
import type { Screen } from "../screen.ts";
import type { Run } from "../session.ts";
import { fitting, table } from "../table.ts";
import { formatsOf } from "../targets/open_formats.ts";
import { valueText } from "../value_text.ts";

/** What the command is given. */
export interface DiffFlags {
  readonly backup: string;
  readonly other?: string | undefined;
  readonly table?: readonly string[] | undefined;
  readonly rows?: number | undefined;
  readonly database?: string | undefined;
}

/** Shows what differs. Differences are an answer, not an error: it ends with 0. */
export async function diffVerb(run: Run, flags: DiffFlags): Promise<Outcome> {
  const result = await diff({
    ...await placeForBackup(run, flags),
    formats: formatsOf(run),
    against: flags.other,
    tables: flags.table,
    rows: flags.rows,
    clock: run.clock,
    signal: run.signal,
    onEvent: run.printer.event,
  });
  const text = await textOf(result, run.session.screen);
  const note = result.same ? "Nothing differs." : undefined;
  return { verb: "diff", data: result, text, note };
}

const signs = { added: "+", removed: "-", changed: "~" } as const;
const colours = { added: "green", removed: "red", changed: "yellow" } as const;

async function textOf({ schema, tables }: DiffResult, screen: Screen): Promise<string> {
  const { color } = screen;
  const differing = tables.filter(({ status }) => status !== "same");
  const same = tables.length - differing.length;
  const parts: string[] = schema.map((change) => schemaLine(change, color));
  if (differing.length > 0) {
    parts.push(
      await table(differing, [
        { title: "TABLE", cell: (row) => escapeText(row.table) },
        { title: "ADDED", cell: ({ added }) => grouped(added), align: "right" },
        { title: "REMOVED", cell: ({ removed }) => grouped(removed), align: "right" },
        { title: "CHANGED", cell: ({ changed }) => grouped(changed), align: "right" },
        { title: "", cell: remark },
      ], fitting(screen)),
    );
  }
  if (same > 0) parts.push(`${plural(same, "table")} with the same rows`);
  for (const { table: name, rows } of differing) {
    if (rows.length > 0) parts.push("", escapeText(name));
    parts.push(...rows.map((row) => rowLine(row, color)));
  }
  return parts.join("\n");
}

function schemaLine({ change, kind, name, before, after }: SchemaChange, color: boolean): string {
  const value = kind === "pragma" ? `: ${before}, now ${after}` : "";
  const line = `${signs[change]} ${kind} ${escapeText(name)}${escapeText(value)}`;
  return paint(line, colours[change], color);
}

function remark({ status, why }: TableDiff): string {
  if (why !== undefined) return `not compared: ${escapeText(why)}`;
  return status === "added" ? "new table" : status === "removed" ? "table is gone" : "";
}

function rowLine({ change, key, before, after }: RowChange, color: boolean): string {
  const values = change === "changed"
    ? Object.keys(before ?? {}).map((name) =>
      `${escapeText(name)}: ${valueText(before?.[name])} → ${valueText(after?.[name])}`
    )
    : [valuesText(before ?? after ?? {})];
  const line = `${signs[change]} ${[valuesText(key), ...values].filter(Boolean).join(", ")}`;
  return paint(line, colours[change], color);
}

function valuesText(row: ShownRow): string {
  return Object.entries(row).map(([name, value]) => `${escapeText(name)}=${valueText(value)}`)
    .join(", ");
}
