/**
 * A list of backups that is moved through, filtered, sorted and marked.
 *
 * @module
 */

import { PROOFS } from "../../mod.ts";
import { homesOf, isElsewhere, type KnownBackup } from "../known_backup.ts";
import { type Here, moment } from "../text/moment.ts";
import { type Field, fieldOf } from "./field.ts";

/** What a list can be sorted by. */
export type SortKey = "date" | "size" | "reason" | "records" | "proof";

/** Every {@linkcode SortKey}, in the order in which a key goes through them. */
export const SORT_KEYS: readonly SortKey[] = ["date", "size", "reason", "records", "proof"];

/** Where a person is in a list of backups. */
export interface ListState {
  readonly filter: Field;
  /** The filter is being typed. */
  readonly typing: boolean;
  readonly sort: SortKey;
  /** The largest, newest or best first. */
  readonly descending: boolean;
  /** The id under the cursor; `undefined` for the first row. */
  readonly cursor: string | undefined;
  /** Ids. */
  readonly marked: readonly string[];
}

/** A list as it opens. */
export const freshList: ListState = {
  filter: fieldOf(),
  typing: false,
  sort: "date",
  descending: true,
  cursor: undefined,
  marked: [],
};

/** Rows of all tables; `undefined` where they were not counted. */
export function recordsOf({ metadata }: Pick<KnownBackup, "metadata">): number | undefined {
  const counts = metadata.recordCount;
  if (counts === undefined) return undefined;
  return Object.values(counts).reduce((sum: number, rows) => sum + (rows ?? 0), 0);
}

/** The backups that fit the filter, in order. */
export function shown(
  backups: readonly KnownBackup[],
  { filter, sort, descending }: ListState,
  here: Here,
): readonly KnownBackup[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const fits = (backup: KnownBackup): boolean => {
    const text = searchText(backup, here);
    return words.every((word) => text.includes(word));
  };
  const order = descending ? -1 : 1;
  return backups.filter(fits).toSorted((a, b) =>
    order * (rank(a, sort) < rank(b, sort) ? -1 : rank(a, sort) > rank(b, sort) ? 1 : 0) ||
    b.sequence - a.sequence
  );
}

function searchText(backup: KnownBackup, here: Here): string {
  const { name, reason, note, proof, status, pinned, createdAt, id } = backup;
  const pin = pinned ? "pinned" : "";
  const where = `${isElsewhere(backup) ? "only on" : ""} ${homesOf(backup).join(" ")}`;
  return [name, reason, note ?? "", proof, status, pin, moment(createdAt, here), id, where]
    .join(" ").toLowerCase();
}

function rank(backup: KnownBackup, sort: SortKey): number | string {
  switch (sort) {
    case "date":
      return backup.sequence;
    case "size":
      return backup.size;
    case "reason":
      return backup.reason;
    case "records":
      return recordsOf(backup) ?? -1;
    case "proof":
      return PROOFS.indexOf(backup.proof);
  }
}

/** The row under the cursor; 0 where its backup is gone or hidden. */
export function cursorRow(rows: readonly { readonly id: string }[], list: ListState): number {
  return Math.max(0, rows.findIndex(({ id }) => id === list.cursor));
}

/** The cursor moved by so many rows, kept inside. */
export function moved(
  list: ListState,
  rows: readonly { readonly id: string }[],
  by: number,
): ListState {
  const row = Math.min(rows.length - 1, Math.max(0, cursorRow(rows, list) + by));
  return { ...list, cursor: rows[row]?.id };
}

/** The next way of sorting. */
export function resorted(list: ListState): ListState {
  const next = SORT_KEYS[(SORT_KEYS.indexOf(list.sort) + 1) % SORT_KEYS.length] ?? "date";
  return { ...list, sort: next, descending: next !== "reason" };
}

/** The mark of one row set or taken away. */
export function toggledMark(list: ListState, id: string): ListState {
  const marked = list.marked.includes(id)
    ? list.marked.filter((each) => each !== id)
    : [...list.marked, id];
  return { ...list, marked };
}
