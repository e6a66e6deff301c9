/**
 * Looks into a backup.
 *
 * @module
 */

import type { PeekedTable } from "../../core/engine/peek.ts";
import { peek, type PeekResult } from "../../core/peek.ts";
import { escapeText } from "../escape.ts";
import { grouped, plural } from "../format.ts";
import { placeForBackup } from "../place_for_backup.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { table } from "../table.ts";
import { formatsOf } from "../targets/open_formats.ts";
import { valueText } from "../value_text.ts";

/** What the command is given. */
export interface PeekFlags {
  readonly backup: string;
  readonly table?: string | undefined;
  readonly limit?: number | undefined;
  readonly database?: string | undefined;
}

/** Shows its tables, or the first rows of one. */
export async function peekVerb(run: Run, flags: PeekFlags): Promise<Outcome> {
  const result = await peek({
    ...await placeForBackup(run, flags),
    formats: formatsOf(run),
    table: flags.table,
    limit: flags.limit,
    clock: run.clock,
    signal: run.signal,
    onEvent: run.printer.event,
  });
  if (result.rows === null) {
    const note = result.tables.length === 0 ? "It holds no tables" : undefined;
    return { verb: "peek", data: result, text: await tablesText(result), note };
  }
  const { rows, more, table: name } = result.rows;
  const all = result.tables.find((each) => each.name === name)?.rows;
  const of = all === null || all === undefined ? "" : ` of ${grouped(all)}`;
  const note = more ? `${plural(rows.length, "row")}${of}; more with --limit` : undefined;
  return { verb: "peek", data: result, text: await rowsText(result.rows), note };
}

function tablesText({ tables }: PeekResult): Promise<string> {
  const rowsOf = ({ kind, rows }: PeekedTable): string => {
    if (rows !== null) return grouped(rows);
    return kind === "view" ? "view" : "not readable here";
  };
  return table(tables, [
    { title: "TABLE", cell: ({ name }) => escapeText(name) },
    { title: "ROWS", cell: rowsOf, align: "right" },
  ]);
}

function rowsText({ columns, rows }: NonNullable<PeekResult["rows"]>): Promise<string> {
  return table(
    rows,
    columns.map(({ name }) => ({
      title: escapeText(name),
      cell: (row) => valueText(row[name]),
    })),
  );
}
