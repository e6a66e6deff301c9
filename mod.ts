/**
 * holdfast protects SQLite databases: it takes backups that are proven restorable
 * while the application keeps writing, and restores them while it runs.
 *
 * Everything that touches SQLite runs in a process of its own, so the application's
 * locks and its event loop are out of reach, whatever SQLite library it uses.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, restore, undo } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * const database = `${dir}/app.db`;
 * using app = new DatabaseSync(database);
 * app.exec("CREATE TABLE works (title TEXT); INSERT INTO works VALUES ('Ninth')");
 *
 * await backup({ database });
 * app.exec("DELETE FROM works");
 * await restore({ database });
 * await undo({ database });
 * await Deno.remove(dir, { recursive: true });
 * ```
 *
 * @module
 */

export { automate } from "./core/automate.ts";
export type { AutomateOptions, Automation, AutoOutcome } from "./core/automate.ts";
export type { Guarded, GuardFailure, GuardOptions } from "./core/guard_work.ts";
export { backgroundTimers, systemTimers } from "./core/timers.ts";
export type { Timers } from "./core/timers.ts";
export { backup } from "./core/backup.ts";
export type { BackupOptions, BackupResult } from "./core/backup.ts";
export type {
  PolicyOptions,
  Pruned,
  PrunedBackup,
  PrunePlan,
} from "./core/retention/apply_retention.ts";
export { isGood, proofAtLeast, PROOFS, REASONS } from "./core/artifact/backup_record.ts";
export type {
  BackupMetadata,
  BackupRecord,
  Proof,
  Reason,
  SnapshotEngine,
} from "./core/artifact/backup_record.ts";
export { checkConfigFile } from "./core/config/check_config_file.ts";
export type { ConfigFile, DatabaseEntry } from "./core/config/config_file.ts";
export type { ConfigIssue } from "./core/config/config_issue.ts";
export type {
  AutomateSettings,
  DatabaseSettings,
  HookCommand,
  HookSettings,
  MaxAgeSettings,
  ScheduleSettings,
} from "./core/config/database_settings.ts";
export type { EnvironmentSetting } from "./core/config/environment_layer.ts";
export type { FoundConfig } from "./core/config/find_config.ts";
export type { Given, GivenSettings, GivenTarget } from "./core/config/given_settings.ts";
export { backupOptionsFor } from "./core/config/job_options.ts";
export {
  configuredDatabases,
  databaseAt,
  databaseNamed,
  loadConfig,
} from "./core/config/load_config.ts";
export type { ConfiguredDatabase, LoadedConfig } from "./core/config/load_config.ts";
export type { SettingOrigin } from "./core/config/resolve_settings.ts";
export type { Surroundings } from "./core/config/surroundings.ts";
export type {
  CodecSettings,
  GivenNotifier,
  NewsKind,
  NotifierSettings,
  TargetSettings,
} from "./core/config/target_settings.ts";
export { checkCatalog, renewCatalog, repairCatalog } from "./core/catalog_care.ts";
export type { CatalogCheck, CatalogRepair, RepairCatalogOptions } from "./core/catalog_care.ts";
export type { CatalogFinding, FindingKind } from "./core/catalog/catalog_findings.ts";
export { systemClock } from "./core/clock.ts";
export type { Clock } from "./core/clock.ts";
export { deleteBackups, emptyTrash, undeleteBackups } from "./core/delete.ts";
export type { DeleteOptions, DeleteResult, UndeleteOptions } from "./core/delete.ts";
export type { DirectoryJobOptions } from "./core/directory/directory_job.ts";
export { editBackups, pin, unpin } from "./core/edit.ts";
export type { ChosenBackupsOptions, EditOptions, EditResult } from "./core/edit.ts";
export { diff } from "./core/diff.ts";
export type { DiffOptions, DiffResult } from "./core/diff.ts";
export { drill } from "./core/drill.ts";
export type { DrillOptions, DrillResult } from "./core/drill.ts";
export type { DrillTimes } from "./core/artifact/drill_artifact.ts";
export type { TableDiff } from "./core/engine/diff.ts";
export type { ExportedTable, TableFormat } from "./core/engine/export_tables.ts";
export type { RowChange, RowCounts } from "./core/engine/diff_tables.ts";
export type { DatabaseSize, MaintainJobResult, MaintenanceAction } from "./core/engine/maintain.ts";
export type { PeekedRows, PeekedTable } from "./core/engine/peek.ts";
export type { SchemaChange } from "./core/engine/schema_changes.ts";
export type { ShownRow, ShownValue } from "./core/engine/shown_value.ts";
export type { Column } from "./core/engine/table_shape.ts";
export { HoldfastError } from "./core/errors.ts";
export type { ErrorCode, HoldfastErrorOptions } from "./core/errors.ts";
export { estimate } from "./core/artifact/estimate.ts";
export type { Estimate } from "./core/artifact/estimate.ts";
export type {
  EventListener,
  FailedEvent,
  FinishedEvent,
  HoldfastEvent,
  JobName,
  Phase,
  ProgressEvent,
  RetryingEvent,
  StartedEvent,
  WarningEvent,
} from "./core/events.ts";
export { moveBackups } from "./core/move.ts";
export type { MoveOptions, MoveResult } from "./core/move.ts";
export { setSystemBackup } from "./core/directory/system_backup.ts";
export { health } from "./core/health.ts";
export type { Health, HealthOptions } from "./core/health.ts";
export type { HealthFacts, TargetTrouble } from "./core/health/health_facts.ts";
export { judgeHealth } from "./core/health/judge_health.ts";
export type { HealthIssue, HealthRules, MaxAge } from "./core/health/judge_health.ts";
export { readLog } from "./core/log.ts";
export type { LogOptions } from "./core/log.ts";
export type { ManifestBackup } from "./core/catalog/manifest.ts";
export type { Run } from "./core/catalog/run.ts";
export { exportDatabase } from "./core/export.ts";
export type { ExportOptions, ExportResult } from "./core/export.ts";
export type { ExportedPlace, ExportPlaceOptions } from "./core/export/export_job.ts";
export type { TableExportOptions } from "./core/export/write_tables.ts";
export { listBackups } from "./core/list.ts";
export type { ListedBackup, Listing, ListOptions } from "./core/list.ts";
export type { LocalBackup } from "./core/health/local_backups.ts";
export { maintain } from "./core/maintain.ts";
export type { MaintainOptions, MaintainResult, VacuumPreview } from "./core/maintain.ts";
export type { OpenBackupOptions } from "./core/artifact/open_backup.ts";
export { peek } from "./core/peek.ts";
export type { PeekOptions, PeekResult } from "./core/peek.ts";
export type { Place, PlaceOptions } from "./core/directory/place.ts";
export type { ProofOptions } from "./core/artifact/proof.ts";
export { planPrune, prune } from "./core/prune.ts";
export type { PlanPruneOptions, PruneOptions, PruneResult } from "./core/prune.ts";
export type { Warning } from "./core/report.ts";
export { rescue } from "./core/rescue.ts";
export type { RescueCounts, RescueOptions, RescueResult } from "./core/rescue.ts";
export { restore } from "./core/restore.ts";
export type { RestoreOptions, RestoreResult } from "./core/restore.ts";
export type { FilesPreview } from "./core/restore/files_change.ts";
export type { RestorePreview, TableChange } from "./core/restore/restore_preview.ts";
export { serveEngine } from "./core/engine/serve_engine.ts";
export { healthMetrics, statsMetrics } from "./core/health/prometheus.ts";
export { stats } from "./core/stats.ts";
export type { Stats, StatsOptions, Tally } from "./core/stats.ts";
export { undo } from "./core/undo.ts";
export type { UndoOptions } from "./core/undo.ts";
export { verify } from "./core/verify.ts";
export type { VerifiedBackup, VerifyOptions, VerifyResult } from "./core/verify.ts";
export { backupName, isBackupName, parseBackupName } from "./core/artifact/backup_name.ts";
export type { BackupNameParts } from "./core/artifact/backup_name.ts";
export { formatByteSize, parseByteSize } from "./core/words/byte_size.ts";
export { conflictedCopy } from "./core/directory/conflicted_copy.ts";
export type { ConflictedCopy } from "./core/directory/conflicted_copy.ts";
export { parseTime } from "./core/words/time_expression.ts";
export type { TimeExpressionOptions } from "./core/words/time_expression.ts";
export { describeDuration, parseDuration } from "./core/words/duration_expression.ts";
export { plan } from "./core/retention/retention.ts";
export type { PlanOptions, RetentionPlan } from "./core/retention/retention.ts";
export { defaultRetention, readRetentionPolicy } from "./core/retention/retention_policy.ts";
export type {
  KeepAmount,
  Period,
  RetentionPlace,
  RetentionPolicy,
  RetentionRules,
} from "./core/retention/retention_policy.ts";
export type { PolicyRule } from "./core/retention/retention_rules.ts";
export { simulate } from "./core/retention/retention_simulation.ts";
export type {
  SimulatedState,
  Simulation,
  SimulationOptions,
} from "./core/retention/retention_simulation.ts";
export type { RetentionBackup } from "./core/retention/retention_timeline.ts";
export type { DeletedBackup, KeptBackup } from "./core/retention/retention_verdict.ts";
export type { DeleteRule, KeepRule } from "./core/retention/retention_words.ts";
export { readSchedule, WEEKDAYS } from "./core/schedule/schedule.ts";
export type {
  CheckedSchedule,
  QuietWindow,
  ReadScheduleOptions,
  Schedule,
  Weekday,
} from "./core/schedule/schedule.ts";
export { dueRun, nextAttempt, nextRuns } from "./core/schedule/schedule_runs.ts";
export type { DueOptions, DueRun, RunOptions } from "./core/schedule/schedule_runs.ts";
export { describeSchedule } from "./core/schedule/schedule_words.ts";
export type { CopySource } from "./core/targets/restore_source.ts";
export type { TargetRetry } from "./core/targets/target_work.ts";
export type { CheckedCopies, CheckRule } from "./core/targets/checked_copies.ts";
export type { CopiesOptions } from "./core/targets/copies_job.ts";
export type { CopyRecord } from "./core/targets/copy_record.ts";
export { deleteCopies } from "./core/targets/delete_copies.ts";
export type { DeleteCopiesOptions, DeleteCopiesResult } from "./core/targets/delete_copies.ts";
export { drillCopy } from "./core/targets/drill_copy.ts";
export type { DrillCopyOptions } from "./core/targets/drill_copy.ts";
export { listCopies } from "./core/targets/list_copies.ts";
export type { CopyListing, ListedCopy } from "./core/targets/list_copies.ts";
export { openTarget } from "./core/targets/open_target.ts";
export type { OpenTarget, OpenTargetOptions } from "./core/targets/open_target.ts";
export type { PrunedCopy } from "./core/targets/prune_copies.ts";
export { pull } from "./core/targets/pull.ts";
export type { PullOptions, PullResult } from "./core/targets/pull.ts";
export { push } from "./core/targets/push.ts";
export type { PushOptions, PushResult } from "./core/targets/push.ts";
export type { PushedTarget, SentCopy } from "./core/targets/push_result.ts";
export type { SweptObject } from "./core/targets/sweep_orphans.ts";
export { rebuildFromTarget } from "./core/targets/rebuild_from_target.ts";
export type {
  RebuildFromTargetOptions,
  RebuildFromTargetResult,
} from "./core/targets/rebuild_from_target.ts";
export { keepSecrets, secretVariable, targetSecrets } from "./core/targets/secret_file.ts";
export type { SecretSources } from "./core/targets/secret_file.ts";
export { verifyCopies } from "./core/targets/verify_copies.ts";
export type {
  VerifiedCopy,
  VerifyCopiesOptions,
  VerifyCopiesResult,
} from "./core/targets/verify_copies.ts";
export { exportPacked } from "./core/export/export_packed.ts";
export type { ExportPackedOptions, ExportPackedResult } from "./core/export/export_packed.ts";
export type { PackedParts } from "./core/artifact/pack_backup.ts";
export type { Formats } from "./core/artifact/formats.ts";
export type { Format, FormatOptions, PackedFile, UnpackedFile } from "./core/extend/format.ts";
