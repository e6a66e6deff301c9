/**
 * The settings of a database as the options of the verbs.
 *
 * @module
 */

import type { PolicyOptions } from "../retention/apply_retention.ts";
import type { BackupOptions } from "../backup.ts";
import { parseDuration } from "../words/duration_expression.ts";
import { defaultRetention } from "../retention/retention_policy.ts";
import type { ConfiguredDatabase } from "./load_config.ts";

/** The retention policy of a configured database, and the zone of its days. */
export function policyFor(
  { settings: { retention = defaultRetention(), schedule } }: Pick<ConfiguredDatabase, "settings">,
): Required<PolicyOptions> {
  const { zone } = schedule;
  const days = schedule.enabled ? schedule.retentionDays : undefined;
  const hasAge = (retention.maxAgeDays ?? retention.retentionDays) !== undefined;
  if (days === undefined || hasAge) return { policy: retention, zone };
  return { policy: { ...retention, maxAgeDays: days }, zone };
}

/** What a backup of a configured database is given. */
export function backupOptionsFor(configured: ConfiguredDatabase): BackupOptions {
  const { path, settings } = configured;
  const { policy, zone } = policyFor(configured);
  const { directory, engine, verify, expectTables, assertions } = settings;
  const { sourceVersion, warnSizeMB, maxSizeMB, maxHold } = settings;
  const { format, include, exclude, filesQuery } = settings;
  return {
    database: path,
    directory,
    format,
    include,
    exclude,
    filesQuery,
    engine,
    verify,
    expectTables,
    assertions,
    sourceVersion,
    warnSizeMB,
    maxSizeMB,
    retention: policy,
    retentionZone: zone,
    systemBackup: settings.systemBackup,
    maxHoldMs: parseDuration(maxHold).total("milliseconds"),
  };
}
