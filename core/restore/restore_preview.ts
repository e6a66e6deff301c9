/**
 * What a restore would change, before it does.
 *
 * @module
 */

import type { BackupMetadata } from "../artifact/backup_record.ts";
import { findDatabase, isThere, liveGrant } from "../database_file.ts";
import { runJob } from "../engine/client.ts";
import type { DatabaseFacts } from "../engine/protocol.ts";
import type { FilesPreview } from "./files_change.ts";
import { HoldfastError } from "../errors.ts";
import { exists, isFile } from "../files/is_file.ts";

/** The live database as a restore finds it. */
export type LiveState =
  | { readonly kind: "open"; readonly facts: DatabaseFacts }
  /** There is no file, or an empty one. */
  | { readonly kind: "missing" }
  /** SQLite cannot open it. */
  | { readonly kind: "unusable"; readonly why: string };

/** Rows of one table, live and in the backup; `null` where the table is not there or cannot be read. */
export interface TableChange {
  /** The table's name. */
  readonly table: string;
  /** Rows in the live database; `null` without the table. */
  readonly live: number | null;
  /** Rows in the backup; `null` without the table. */
  readonly backup: number | null;
}

/** What would change. */
export interface RestorePreview {
  /** Absolute path of the live database. */
  readonly database: string;
  /** The backup, by name or path. */
  readonly backup: string;
  /** Its id; `null` for a file that the catalog does not know. */
  readonly id: string | null;
  /** When it was taken; `null` where that is not known. */
  readonly createdAt: string | null;
  /** What is there now. */
  readonly live: "open" | "missing" | "unusable";
  /** Every table of either side, those that differ first. */
  readonly tables: readonly TableChange[];
  /** What should give one pause: a newer schema, another application. */
  readonly doubts: readonly string[];
  /** What happens to the files beside the database; `null` where none is touched. */
  readonly files: FilesPreview | null;
  /** A safety backup comes first. */
  readonly safety: boolean;
}

/** Looks at the live database; counts its rows. */
export async function lookAtLive(
  database: string,
  { busyMs, signal }: { readonly busyMs: number; readonly signal?: AbortSignal | undefined },
): Promise<LiveState> {
  if (!await exists(database)) return { kind: "missing" };
  if (!await isFile(database)) await refuseStrange(database);
  if ((await Deno.stat(database)).size === 0) return { kind: "missing" };
  try {
    const request = { path: database, busyMs, count: true };
    const facts = await runJob("inspect", request, { grant: liveGrant(database), signal });
    return { kind: "open", facts };
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    if (error.code !== "NOT_A_DATABASE" && error.code !== "DATABASE_CORRUPT") throw error;
    return { kind: "unusable", why: error.message };
  }
}

/** A folder, a pipe, or a link to a drive that is away: nothing takes its place. */
async function refuseStrange(database: string): Promise<void> {
  if (await isThere(database)) return void await findDatabase(database);
  throw new HoldfastError(
    "DATABASE_MISSING",
    `Cannot restore onto "${database}": it leads nowhere`,
    {
      hint: "It is a symbolic link. Connect the drive that it leads to, or remove the link.",
    },
  );
}

/** Rows per table, those that differ first. */
export function tableChanges(live: LiveState, backup: BackupMetadata): TableChange[] {
  const here = live.kind === "open" ? live.facts.recordCount ?? {} : {};
  const there = backup.recordCount ?? {};
  const names = [...new Set([...Object.keys(here), ...Object.keys(there)])].sort();
  const changes = names.map((table) => ({
    table,
    live: here[table] ?? null,
    backup: there[table] ?? null,
  }));
  const differs = (change: TableChange): boolean => change.live !== change.backup;
  return [...changes.filter(differs), ...changes.filter((change) => !differs(change))];
}

/** What should give one pause. */
export function doubtsAbout(live: LiveState, backup: BackupMetadata): string[] {
  if (live.kind !== "open") return [];
  const { applicationId, userVersion } = live.facts;
  const doubts: string[] = [];
  if (backup.applicationId !== undefined && backup.applicationId !== applicationId) {
    doubts.push(
      `It belongs to another application: application_id ${backup.applicationId}, here ${applicationId}`,
    );
  }
  if (backup.userVersion !== undefined && backup.userVersion > userVersion) {
    doubts.push(
      `Its schema is newer: user_version ${backup.userVersion}, here ${userVersion}; the application may not read it`,
    );
  }
  return doubts;
}
