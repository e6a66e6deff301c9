/**
 * The table `copies` of the catalog: which backup has a copy on which target.
 *
 * @module
 */

import type { Catalog } from "../catalog/catalog.ts";

/**
 * - `uploading`: begun; what is there may be a part or nothing
 * - `stored`: whole, with its record
 * - `bad`: found damaged or gone; the next push sends it again
 * - `removing`: to go; a removal that was cut off is finished by the next push
 * - `failed`: the last try failed
 */
export type CopyState = "uploading" | "stored" | "bad" | "removing" | "failed";

/** One copy as the catalog knows it. */
export interface CopyRow {
  readonly backupId: string;
  readonly target: string;
  readonly key: string;
  readonly state: CopyState;
  /** Bytes of the object. */
  readonly size: number | null;
  /** SHA-256 of the object, lower-case hex. */
  readonly sha256: string | null;
  readonly codecs: readonly string[];
  /** When it was stored, ISO 8601 in UTC. */
  readonly storedAt: string | null;
  /** When it was last found whole. */
  readonly verifiedAt: string | null;
  /** What is wrong with it. */
  readonly error: string | null;
}

/** The copies on a target, or on all. */
export function copiesOf(catalog: Catalog, target?: string): readonly CopyRow[] {
  const rows = target === undefined
    ? catalog.query("SELECT * FROM copies ORDER BY target, key")
    : catalog.query("SELECT * FROM copies WHERE target = :target ORDER BY key", { target });
  return rows.map(rowOf);
}

/** Writes a copy, in place of the one of the same backup on the same target. */
export function putCopy(catalog: Catalog, row: CopyRow): void {
  catalog.query(
    `INSERT OR REPLACE INTO copies
     (backup_id, target, key, state, size, sha256, codecs, stored_at, verified_at, error)
     VALUES (:backupId, :target, :key, :state, :size, :sha256, :codecs, :storedAt, :verifiedAt,
     :error)`,
    { ...row, codecs: JSON.stringify(row.codecs) },
  );
}

/** Forgets a copy. */
export function forgetCopy(
  catalog: Catalog,
  { backupId, target }: Pick<CopyRow, "backupId" | "target">,
): void {
  catalog.query("DELETE FROM copies WHERE backup_id = :backupId AND target = :target", {
    backupId,
    target,
  });
}

function rowOf(row: Readonly<Record<string, unknown>>): CopyRow {
  const text = (value: unknown): string | null => value === null ? null : String(value);
  return {
    backupId: String(row.backup_id),
    target: String(row.target),
    key: String(row.key),
    state: states.find((state) => state === row.state) ?? "failed",
    size: row.size === null ? null : Number(row.size),
    sha256: text(row.sha256),
    codecs: textsOf(JSON.parse(String(row.codecs))),
    storedAt: text(row.stored_at),
    verifiedAt: text(row.verified_at),
    error: text(row.error),
  };
}

const states: readonly CopyState[] = ["uploading", "stored", "bad", "removing", "failed"];

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
