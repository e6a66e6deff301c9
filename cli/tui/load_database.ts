/**
 * What the terminal UI shows of a database and its backups.
 *
 * @module
 */

import { join } from "node:path";
import { fileError, isMissing } from "../../core/files/file_error.ts";
import { freeSpace } from "../../core/files/free_space.ts";
import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import { readLog } from "../../core/log.ts";
import { stats } from "../../core/stats.ts";
import { describeSchedule } from "../../core/schedule/schedule_words.ts";
import type { Place } from "../../core/directory/place.ts";
import { planPrune } from "../../core/prune.ts";
import { defaultRetention } from "../../core/retention/retention_policy.ts";
import type { Loaded } from "../../tui/actions.ts";
import { healthOf } from "../health_of.ts";
import { scheduleOf } from "../schedule_of.ts";
import type { Run } from "../session.ts";
import { knownBackups } from "./known_backups.ts";
import { heldSettings } from "./settings_actions.ts";
import { targetLines } from "./target_lines.ts";

/** Reads it. */
export async function loadDatabase(
  place: Place,
  { run, configured }: {
    readonly run: Pick<Run, "config" | "signal" | "clock">;
    readonly configured: ConfiguredDatabase;
  },
): Promise<Loaded> {
  const { settings } = configured;
  const { clock } = run;
  const policy = settings.retention ?? defaultRetention();
  const { backups, trash } = await knownBackups(place, settings);
  const database = await sizeOf(place.database);
  const wal = await sizeOf(`${place.database}-wal`);
  const hasDirectory = await stampOf(place.directory) !== "";
  const schedule = scheduleOf(settings, clock.zone());
  return {
    health: await healthOf(place, { settings, run }),
    schedule: schedule === undefined ? undefined : describeSchedule(schedule),
    stats: await stats({ ...place, clock }),
    settings: heldSettings(configured),
    runs: await readLog({ ...place, limit: 300 }),
    targets: targetLines(place.directory, settings),
    backups,
    trash,
    policy,
    plan: backups.length + trash.length === 0
      ? undefined
      : await planPrune({ ...place, policy, clock }),
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
    if (isMissing(error)) return undefined;
    throw fileError(`Cannot look at "${path}"`, error, "BACKUP_LIST_FAILED");
  }
}
