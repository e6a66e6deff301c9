/**
 * What the steps of one restore share.
 *
 * @module
 */

import type { BackupRecord } from "../artifact/backup_record.ts";
import type { Unpacked } from "../artifact/unpack_file.ts";
import type { Clock } from "../clock.ts";
import type { Staging } from "../files/staging.ts";
import type { OpenDirectory } from "../directory/open_directory.ts";
import type { Report } from "../report.ts";
import type { RestoreOptions } from "../restore.ts";

/** One restore under way. */
export interface RestoreWork {
  /** Absolute path of the live database. */
  readonly database: string;
  /** The backup, by name or path, for people. */
  readonly title: string;
  /** Its record, where the catalog knows it; of a packed one, as it holds for the database in it. */
  readonly record: BackupRecord | undefined;
  /** The staged file, verified, alone in the staging folder. */
  readonly artifact: string;
  /** What was in the archive, where it was packed. */
  readonly unpacked: Unpacked | undefined;
  readonly staging: Staging;
  readonly open: OpenDirectory;
  readonly report: Report;
  readonly clock: Clock;
  readonly options: RestoreOptions;
  readonly signal?: AbortSignal | undefined;
}
