/**
 * Every name that the package exports, by entry and kind: a name that comes, goes or changes its
 * kind does so on purpose, here too.
 *
 * @module
 */

/** The names of each entry of `exports` that others write code against. */
export const publicApi: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ".": {
    class: `
      HoldfastError`,
    function: `
      automate backup backupName backupOptionsFor checkCatalog checkConfigFile configuredDatabases
      conflictedCopy databaseAt databaseNamed defaultRetention deleteBackups deleteCopies
      describeDuration describeSchedule diff drill drillCopy dueRun editBackups emptyTrash estimate
      exportDatabase exportPacked formatByteSize health healthMetrics isBackupName isGood
      judgeHealth keepSecrets listBackups listCopies loadConfig maintain moveBackups nextAttempt
      nextRuns openTarget parseBackupName parseByteSize parseDuration parseTime peek pin plan
      planPrune proofAtLeast prune pull push readLog readRetentionPolicy readSchedule
      rebuildFromTarget renewCatalog repairCatalog rescue restore secretVariable serveEngine
      setSystemBackup simulate stats statsMetrics targetSecrets undeleteBackups undo unpin verify
      verifyCopies`,
    interface: `
      AutomateOptions AutomateSettings Automation BackupMetadata BackupNameParts BackupOptions
      BackupRecord BackupResult CatalogCheck CatalogFinding CatalogRepair CheckedCopies CheckedSchedule CheckRule
      ChosenBackupsOptions Clock Column ConfigFile ConfigIssue ConfiguredDatabase ConflictedCopy
      CopiesOptions CopyListing CopyRecord CopySource DatabaseEntry DatabaseSettings DatabaseSize
      DeleteCopiesOptions DeleteCopiesResult DeletedBackup DeleteOptions DeleteResult DiffOptions
      DiffResult DirectoryJobOptions DrillCopyOptions DrillOptions DrillResult DrillTimes DueOptions
      DueRun EditOptions EditResult EnvironmentSetting Estimate ExportedPlace ExportedTable
      ExportOptions ExportPackedOptions ExportPackedResult ExportPlaceOptions ExportResult FailedEvent FilesPreview
      FinishedEvent Format FormatOptions FoundConfig GivenSettings GuardFailure GuardOptions Health
      HealthFacts HealthIssue HealthOptions HealthRules HoldfastErrorOptions HookSettings KeptBackup
      PackedParts TargetTrouble
      ListedBackup ListedCopy Listing ListOptions LoadedConfig LocalBackup LogOptions
      MaintainJobResult MaintainOptions MaintainResult ManifestBackup MaxAge MaxAgeSettings
      MoveOptions MoveResult NotifierSettings OpenBackupOptions OpenTarget OpenTargetOptions
      PackedFile PeekedRows PeekedTable PeekOptions PeekResult Place PlaceOptions PlanOptions
      PlanPruneOptions PolicyOptions ProgressEvent ProofOptions Pruned PrunedBackup PrunedCopy
      PruneOptions PruneResult PullOptions PullResult PushedTarget PushOptions PushResult
      QuietWindow ReadScheduleOptions RebuildFromTargetOptions RebuildFromTargetResult RepairCatalogOptions RescueOptions
      RescueResult RestoreOptions RestorePreview RestoreResult RetentionPlan RetentionPolicy
      RetentionRules RetryingEvent RowChange RowCounts Run RunOptions Schedule ScheduleSettings
      SchemaChange SecretSources SentCopy SettingOrigin SimulatedState Simulation SimulationOptions
      StartedEvent Stats StatsOptions Surroundings SweptObject TableChange TableDiff TableExportOptions Tally
      TargetSettings TimeExpressionOptions Timers UndeleteOptions UnpackedFile VacuumPreview
      VerifiedBackup VerifiedCopy VerifyCopiesOptions VerifyCopiesResult VerifyOptions VerifyResult
      Warning WarningEvent`,
    typeAlias: `
      AutoOutcome CodecSettings DeleteRule ErrorCode EventListener FindingKind
      Formats Given GivenNotifier GivenTarget Guarded HoldfastEvent HookCommand JobName KeepAmount
      KeepRule MaintenanceAction NewsKind Period Phase PolicyRule Proof PrunePlan Reason
      RescueCounts RetentionBackup RetentionPlace ShownRow ShownValue SnapshotEngine TableFormat
      TargetRetry UndoOptions Weekday`,
    variable: `
      backgroundTimers PROOFS REASONS systemClock systemTimers WEEKDAYS`,
  },
  "./plugin": {
    class: `
      ByteSource HoldfastError TargetError`,
    function: `
      abortableStream answerText bytesBody byteTransform codecSuffix deadlineTarget decodeToFile definePlugin
      encodeToFile exactStream fileBody fileStateStore httpSender isDenied isNoSpace keyOfPath
      keyPath limitedTarget loadPlugin makePrivateDir memoryTarget partPath prefixedTarget
      registryOf retryDelay retryingTarget secretUrl sendRequest settingValues sleep sweepUnfinished
      syncDir writeFileAtomic`,
    interface: `
      AtomicFileOptions Body CheckedFile Codec ConnectUi DeadlineOptions DecodedFile DecodeOptions
      EncodedFile EncodeOptions Entry Format FormatOptions GetOptions HoldfastErrorOptions
      HttpSender InspectOptions Instances Kind LimitOptions LoadPluginOptions MemoryTargetOptions
      Notification Notifier PackedFile Plugin PluginContext PutOptions ReadFormatOptions Registry
      RetryNews RetryOptions Secrets SendRequest SendRequestOptions Setting StateStore Target
      TargetCallOptions TargetDescription TargetErrorOptions TargetFinding TargetObject TargetQuota
      UnpackedFile UnpackOptions`,
    typeAlias: `
      ByteTransform ErrorCode FileContent SettingValue SettingValues Sort TargetErrorKind`,
    variable: `
      SORTS unfinishedPrefix`,
  },
  "./testing": {
    function: `
      checkCodec checkFormat checkTarget faultyTarget memoryTarget runChecks`,
    interface: `
      Check CheckFormatOptions CheckResult CheckTargetOptions CodecHarness FaultOptions
      FormatHarness MemoryTargetOptions RunChecksOptions TargetHarness`,
    typeAlias: `
      Fault`,
    variable: `
      codecChecks formatChecks targetChecks`,
  },
};
