/**
 * From what a person says to a backup in a private folder, to be looked into.
 *
 * @module
 */

import type { BackupRecord } from "./backup_record.ts";
import { chooseBackup } from "./choose_backup.ts";
import { HoldfastError } from "../errors.ts";
import { Staging } from "../files/staging.ts";
import { stagingRoom } from "../files/staging_room.ts";
import { readRecords } from "../list.ts";
import { type PlaceOptions, resolvePlace } from "../directory/place.ts";
import { stageArtifact } from "./stage_artifact.ts";

/** A backup, alone in a folder of its own. */
export interface OpenBackup extends AsyncDisposable {
  /** Its record, where the catalog knows it. */
  readonly record: BackupRecord | undefined;
  /** Its name, or its path. */
  readonly title: string;
  /** The staged file. */
  readonly path: string;
  /** The private folder. */
  readonly staging: Staging;
}

/** What {@linkcode openBackup} is given. */
export interface OpenBackupOptions extends PlaceOptions {
  /** An id, a file name, an unambiguous beginning, `latest` (the default) or a path. */
  readonly backup?: string | undefined;
}

/**
 * Finds and stages a backup. Without a database or a directory only a path names one.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND`, `BACKUP_INVALID`, `USAGE`.
 */
export async function openBackup(options: OpenBackupOptions): Promise<OpenBackup> {
  const isPlaced = options.database !== undefined || options.directory !== undefined ||
    options.backup === undefined;
  const directory = isPlaced ? (await resolvePlace(options)).directory : undefined;
  const records = directory === undefined ? [] : await readRecords(directory);
  const chosen = await chooseBackup(records, options);
  const record = chosen.kind === "record" ? chosen.record : undefined;
  if (record !== undefined && record.format !== "db") throw packed(record);
  const source = chosen.kind === "record" ? chosen.record.path : chosen.path;
  const room = await stagingRoom(directory);
  try {
    const staging = await Staging.create(room.path);
    const path = await stageArtifact(source, staging);
    return {
      record,
      title: record?.name ?? source,
      path,
      staging,
      [Symbol.asyncDispose]: async () => {
        await staging[Symbol.asyncDispose]();
        await room[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await room[Symbol.asyncDispose]();
    throw error;
  }
}

function packed({ name, format }: BackupRecord): HoldfastError {
  return new HoldfastError("USAGE", `Cannot look into "${name}": its format is "${format}"`, {
    hint: "Restore it to a file first: holdfast restore … --to copy.db",
  });
}
