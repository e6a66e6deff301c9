/**
 * The settings of a database as the options of the verbs.
 *
 * @module
 */

import type { BackupOptions } from "../backup.ts";
import { parseDuration } from "../duration_expression.ts";
import type { ConfiguredDatabase } from "./load_config.ts";

/** What a backup of a configured database is given. */
export function backupOptionsFor({ path, settings }: ConfiguredDatabase): BackupOptions {
  const { directory, engine, verify, expectTables, assertions } = settings;
  const { sourceVersion, warnSizeMB, maxSizeMB, maxHold, retention, schedule } = settings;
  return {
    database: path,
    directory,
    engine,
    verify,
    expectTables,
    assertions,
    sourceVersion,
    warnSizeMB,
    maxSizeMB,
    retention,
    retentionZone: schedule.zone,
    maxHoldMs: parseDuration(maxHold).total("milliseconds"),
  };
}
