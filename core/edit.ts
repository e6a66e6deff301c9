/**
 * Changes what the catalog says about backups: pinned, remark, expiry.
 *
 * @module
 */

import type { BackupRecord } from "./artifact/backup_record.ts";
import { chooseRecords } from "./artifact/choose_records.ts";
import { directoryJob, type DirectoryJobOptions } from "./directory/directory_job.ts";
import { iso } from "./artifact/new_record.ts";
import type { Warning } from "./report.ts";

/** Which backups. */
export interface ChosenBackupsOptions extends DirectoryJobOptions {
  /** Ids, names, unambiguous beginnings or `latest`. */
  readonly backups: readonly string[];
}

/** What {@linkcode editBackups} is given; what is left out stays. */
export interface EditOptions extends ChosenBackupsOptions {
  /** Kept whatever the policy says. */
  readonly pinned?: boolean | undefined;
  /** The remark; `null` takes it away. */
  readonly note?: string | null | undefined;
  /** Kept until then, and then let go; `null` leaves it to the policy. */
  readonly expiresAt?: Temporal.Instant | null | undefined;
}

/** The records as they are now. */
export interface EditResult {
  /** The records as they are now. */
  readonly backups: readonly BackupRecord[];
  /** What went on in spite of something. */
  readonly warnings: readonly Warning[];
}

/**
 * Changes what the catalog says about backups; their files stay as they are. Needs
 * `--allow-read` and `--allow-write`.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND`, `USAGE`, `LOCKED`, `CANCELLED`,
 * `PERMISSION_DENIED`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, editBackups, pin, unpin } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * const database = `${dir}/app.db`;
 * using app = new DatabaseSync(database);
 * app.exec("CREATE TABLE notes (text TEXT)");
 * const { id } = await backup({ database });
 *
 * await pin({ database, backups: [id] }); // retention never deletes it
 * await editBackups({ database, backups: [id], note: "as delivered" });
 * await unpin({ database, backups: [id] });
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function editBackups(options: EditOptions): Promise<EditResult> {
  const { pinned, note, expiresAt } = options;
  const change: Partial<BackupRecord> = {
    ...pinned !== undefined && { pinned },
    ...note !== undefined && { note },
    ...expiresAt !== undefined && { expiresAt: expiresAt === null ? null : iso(expiresAt) },
  };
  const { result, warnings } = await directoryJob("edit", options, ({ open }) => {
    const { catalog } = open;
    const chosen = chooseRecords(catalog.records(), options.backups, { latest: true });
    const backups = chosen.map((record) => ({ ...record, ...change }));
    catalog.transaction(() => backups.forEach((record) => catalog.put(record)));
    const names = chosen.map(({ name }) => name);
    const message = `${wordsOf(change)}: ${names.join(", ")}`;
    const backupId = chosen.length === 1 ? chosen[0]?.id ?? null : null;
    const end = { outcome: "done", message, backupId, details: { names, ...change } } as const;
    return Promise.resolve({ result: backups, end });
  });
  return { backups: result, warnings };
}

/** Pins backups: retention never deletes them. As {@linkcode editBackups}. */
export async function pin(options: ChosenBackupsOptions): Promise<EditResult> {
  return await editBackups({ ...options, pinned: true });
}

/** Takes pins away: the policy decides again. As {@linkcode editBackups}. */
export async function unpin(options: ChosenBackupsOptions): Promise<EditResult> {
  return await editBackups({ ...options, pinned: false });
}

function wordsOf({ pinned, note, expiresAt }: Partial<BackupRecord>): string {
  const words: string[] = [];
  if (pinned !== undefined) words.push(pinned ? "pinned" : "unpinned");
  if (note !== undefined) words.push(note === null ? "remark removed" : "remark set");
  if (expiresAt !== undefined) words.push(expiresAt === null ? "no expiry" : "expiry set");
  return words.length === 0 ? "nothing changed" : words.join(", ");
}
