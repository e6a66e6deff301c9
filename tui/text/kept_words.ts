/**
 * Why a backup is kept and until when.
 *
 * @module
 */

import { plannedRows } from "../state/planned_rows.ts";
import type { State } from "../state/state.ts";
import { moment } from "./moment.ts";

/** `newest good of its day (daily), until 2026-12-01 09:15`; empty where it is not known. */
export function keptWords(state: State, id: string): string {
  const row = plannedRows(state).find((each) => each.id === id);
  if (row === undefined) return "";
  if (!row.keeps) return `goes next: ${row.why}`;
  return row.until === undefined ? row.why : `${row.why}, until ${moment(row.until, state)}`;
}
