/**
 * What the terminal UI shows of a database and its backups.
 *
 * @module
 */

import { join } from "node:path";
import type { Clock } from "../../core/clock.ts";
import { freeSpace } from "../../core/files/free_space.ts";
import { listBackups } from "../../core/list.ts";
import type { Place } from "../../core/place.ts";
import { planPrune } from "../../core/prune.ts";
import { defaultRetention, type RetentionPolicy } from "../../core/retention_policy.ts";
import type { Loaded } from "../../tui/actions.ts";

/** Reads it. */
export async function loadDatabase(
  place: Place,
  { policy = defaultRetention(), clock }: {
    readonly policy?: RetentionPolicy | undefined;
    readonly clock: Clock;
  },
): Promise<Loaded> {
  const { backups } = await listBackups({ ...place, deleted: true });
  const database = await sizeOf(place.database);
  const wal = await sizeOf(`${place.database}-wal`);
  const hasDirectory = await stampOf(place.directory) !== "";
  return {
    backups: backups.filter(({ status }) => status !== "deleted"),
    trash: backups.filter(({ status }) => status === "deleted"),
    policy,
    plan: backups.length === 0 ? undefined : await planPrune({ ...place, policy, clock }),
    databaseSize: database === undefined ? undefined : database + (wal ?? 0),
    free: hasDirectory ? (await freeSpace(place.directory))?.free : undefined,
  };
}

/** A text that changes with the catalog, the files beside it and the size of the database. */
export async function fingerprintOf({ database, directory }: Place): Promise<string> {
  const sizes = await Promise.all([sizeOf(database), sizeOf(`${database}-wal`)]);
  const stamps = await Promise.all([stampOf(directory), stampOf(join(directory, "catalog.db"))]);
  return [...sizes, ...stamps].join(" ");
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await look(path))?.size;
}

async function stampOf(path: string): Promise<string> {
  const info = await look(path);
  return info === undefined ? "" : `${info.size}:${info.mtime?.getTime()}`;
}

async function look(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
