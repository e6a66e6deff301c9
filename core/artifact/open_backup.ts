/**
 * From what a person says to a backup in a private folder, to be looked into.
 *
 * @module
 */

import type { BackupRecord } from "./backup_record.ts";
import { chooseBackup } from "./choose_backup.ts";
import type { UnpackedFile } from "../extend/format.ts";
import { Staging } from "../files/staging.ts";
import { stagingRoom } from "../files/staging_room.ts";
import { readRecords } from "../list.ts";
import { type PlaceOptions, resolvePlace } from "../directory/place.ts";
import { type ArtifactSource, bringArtifact, type BroughtArtifact } from "./bring_artifact.ts";
import type { Formats } from "./formats.ts";
import { signalOf } from "../targets/target_work.ts";

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
  /** The files beside the database, unpacked; none unless they were asked for. */
  readonly files: readonly UnpackedFile[];
}

/** What {@linkcode openBackup} is given. */
export interface OpenBackupOptions extends PlaceOptions {
  /** An id, a file name, an unambiguous beginning, `latest` (the default) or a path. */
  readonly backup?: string | undefined;
  /** The formats of packed backups. */
  readonly formats?: Formats | undefined;
  /** Unpack the files beside the database too. */
  readonly withFiles?: boolean | undefined;
  /** Stops the unpacking of a packed one. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Finds and stages a backup. Without a database or a directory only a path names one.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND`, `BACKUP_INVALID`, `KEY_WRONG`, `NO_SPACE`,
 * `PLUGIN_INVALID`, `USAGE`.
 */
export async function openBackup(options: OpenBackupOptions): Promise<OpenBackup> {
  const isPlaced = options.database !== undefined || options.directory !== undefined ||
    options.backup === undefined;
  const directory = isPlaced ? (await resolvePlace(options)).directory : undefined;
  const records = directory === undefined ? [] : await readRecords(directory);
  const chosen = await chooseBackup(records, options);
  const known = chosen.kind === "record" ? chosen.record : undefined;
  const source = chosen.kind === "record" ? chosen.record.path : chosen.path;
  const room = await stagingRoom(directory);
  try {
    const staging = await Staging.create(room.path);
    const { path, record, unpacked } = await broughtInto(
      staging,
      { record: known, path: source },
      options,
    );
    return {
      record,
      title: known?.name ?? source,
      path,
      staging,
      files: unpacked?.files ?? [],
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

async function broughtInto(
  staging: Staging,
  source: ArtifactSource,
  { formats, withFiles, signal }: OpenBackupOptions,
): Promise<BroughtArtifact> {
  try {
    return await bringArtifact(source, { staging, formats, withFiles, signal: signalOf(signal) });
  } catch (error) {
    await staging[Symbol.asyncDispose]();
    throw error;
  }
}
