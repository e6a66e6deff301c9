/**
 * What the list of backups shows.
 *
 * @module
 */

import type { KnownBackup } from "../known_backup.ts";
import { cursorRow, shown } from "./backup_list.ts";
import type { State } from "./state.ts";

/** The backups of the list: those that are kept, or those in the trash. */
export function listed({ loaded, showTrash }: State): readonly KnownBackup[] {
  return (showTrash ? loaded?.trash : loaded?.backups) ?? [];
}

/** The marked backups, else the one under the cursor. */
export function chosenInList(state: State): readonly KnownBackup[] {
  const { list } = state;
  const all = listed(state);
  const marked = all.filter(({ id }) => list.marked.includes(id));
  if (marked.length > 0) return marked;
  const rows = shown(all, list, state);
  const row = rows[cursorRow(rows, list)];
  return row === undefined ? [] : [row];
}
