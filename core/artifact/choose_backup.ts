/**
 * From what a person says to one backup.
 *
 * @module
 */

import { resolve } from "node:path";
import { type BackupRecord, isGood } from "./backup_record.ts";
import { HoldfastError } from "../errors.ts";
import { isFile } from "../files/is_file.ts";
import { refuseUnfinished } from "./refuse_unfinished.ts";

/** What a person says. */
export interface Choice {
  /** An id, a file name, an unambiguous beginning of either, `latest`, or a path. */
  readonly backup?: string | undefined;
  /** The newest one that is not younger than this instant. */
  readonly at?: Temporal.Instant | undefined;
}

/** A backup of the catalog, or a file from anywhere. */
export type Chosen =
  | { readonly kind: "record"; readonly record: BackupRecord }
  | { readonly kind: "file"; readonly path: string };

/**
 * Finds the backup among the records (newest first). `latest` and a point in time
 * pass over safety backups and those that are not good.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND`, `USAGE` where the beginning fits several.
 */
export async function chooseBackup(
  records: readonly BackupRecord[],
  { backup = "latest", at }: Choice,
): Promise<Chosen> {
  if (at !== undefined || backup === "latest") {
    return { kind: "record", record: await newest(records, at) };
  }
  const exact = records.find(({ id, name }) => id === backup || name === backup);
  if (exact !== undefined) return { kind: "record", record: exact };
  const fitting = records.filter(({ id, name }) =>
    id.startsWith(backup) || name.startsWith(backup)
  );
  const [only, ...others] = backup === "" ? [] : fitting;
  if (only !== undefined && others.length === 0) return { kind: "record", record: only };
  if (only !== undefined) throw ambiguous(backup, fitting);
  const path = resolve(backup);
  if (await isFile(path)) {
    const real = await Deno.realPath(path);
    await refuseUnfinished(real);
    return { kind: "file", path: real };
  }
  throw new HoldfastError("BACKUP_NOT_FOUND", `Cannot find the backup "${backup}"`, {
    hint: "`holdfast list` shows what there is: name one by id, file name, `latest` or path.",
  });
}

async function newest(
  records: readonly BackupRecord[],
  at: Temporal.Instant | undefined,
): Promise<BackupRecord> {
  const limit = at?.epochMilliseconds ?? Infinity;
  let oldest: BackupRecord | undefined;
  for (const record of records) {
    if (record.reason === "pre-restore" || !isGood(record)) continue;
    if (!await isFile(record.path)) continue;
    if (Temporal.Instant.from(record.createdAt).epochMilliseconds <= limit) return record;
    oldest = record;
  }
  const when = at === undefined ? "" : ` from ${at.toString({ smallestUnit: "second" })} or before`;
  throw new HoldfastError("BACKUP_NOT_FOUND", `Cannot find a good backup${when}`, {
    hint: `${oldest === undefined ? "" : `The oldest good one is ${oldest.name}. `}` +
      "`holdfast list` shows what there is; safety backups are restored by name.",
  });
}

function ambiguous(backup: string, fitting: readonly BackupRecord[]): HoldfastError {
  const names = fitting.slice(0, 5).map(({ id, name }) => `${id.slice(0, 8)} ${name}`).join(", ");
  return new HoldfastError("USAGE", `"${backup}" fits ${fitting.length} backups: ${names}`, {
    hint: "Type more of it.",
  });
}
