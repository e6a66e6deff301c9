/**
 * Work that could go wrong, with a backup before it and a way back after it.
 *
 * @module
 */

import type { BackupOptions, BackupResult } from "./backup.ts";
import type { HoldfastError } from "./errors.ts";
import { asHoldfastError } from "./report.ts";
import { restore, type RestoreResult } from "./restore.ts";

/** What failed, before anything is restored. */
export interface GuardFailure {
  /** What the work threw. */
  readonly error: unknown;
  /** The backup from before. */
  readonly backup: BackupResult;
}

/** What to do where the work fails. */
export interface GuardOptions {
  /**
   * `offer` (the default) leaves the restore to the caller, `restore` performs it; a
   * function decides each time, by asking a person: `true` restores.
   */
  readonly onFailure?:
    | "offer"
    | "restore"
    | ((failure: GuardFailure) => boolean | Promise<boolean>)
    | undefined;
  /** Runs before the restore changes anything: stop background jobs here. */
  readonly beforeRestore?: (() => void | Promise<void>) | undefined;
  /** Runs after the restore, also after a failed one. */
  readonly afterRestore?: (() => void | Promise<void>) | undefined;
}

/** How guarded work ended. */
export type Guarded<T> =
  | { readonly ok: true; readonly value: T; readonly backup: BackupResult }
  /** Without a backup the work was not begun. */
  | {
    readonly ok: false;
    readonly stage: "backup";
    readonly error: HoldfastError;
    readonly restored: undefined;
  }
  | {
    readonly ok: false;
    readonly stage: "work";
    /** What the work threw. */
    readonly error: unknown;
    readonly backup: BackupResult;
    /** What was restored; `undefined` where it was only offered, or failed. */
    readonly restored: RestoreResult | undefined;
    /** Why the restore failed. */
    readonly restoreError: HoldfastError | undefined;
    /** Brings the state from before the work back. Throws as `restore` does. */
    restore(): Promise<RestoreResult>;
  };

/** What {@linkcode guardWork} is given: what its backup gets, and how to take it. */
export interface GuardWorkOptions extends BackupOptions, GuardOptions {
  /** Takes the backup from before. */
  readonly take: () => Promise<BackupResult>;
}

/**
 * Takes a backup, runs the work, and on failure offers or performs the restore. Does not
 * throw what the work throws: it is told.
 */
export async function guardWork<T>(
  work: () => T | Promise<T>,
  options: GuardWorkOptions,
): Promise<Guarded<T>> {
  let taken: BackupResult;
  try {
    // Also where nothing changed: the way back has its own name and reason.
    taken = await options.take();
  } catch (cause) {
    const error = asHoldfastError(cause, "BACKUP_FAILED");
    return { ok: false, stage: "backup", error, restored: undefined };
  }
  try {
    return { ok: true, value: await work(), backup: taken };
  } catch (error) {
    return await undone(error, { taken, options });
  }
}

async function undone(
  error: unknown,
  { taken, options }: {
    readonly taken: BackupResult;
    readonly options: GuardWorkOptions;
  },
): Promise<Guarded<never>> {
  const again = (): Promise<RestoreResult> => {
    const { database, directory, formats, onEvent, signal, clock, waitMs } = options;
    return restore({
      database,
      directory,
      backup: taken.id,
      formats,
      onEvent,
      signal,
      clock,
      waitMs,
      before: options.beforeRestore,
      after: options.afterRestore,
      // An upgrade may have changed the schema's version: that is what is being undone.
      confirm: () => true,
    });
  };
  const failed = { ok: false, stage: "work", error, backup: taken, restore: again } as const;
  try {
    const wanted = typeof options.onFailure === "function"
      ? await options.onFailure({ error, backup: taken })
      : options.onFailure === "restore";
    const restored = wanted ? await again() : undefined;
    return { ...failed, restored, restoreError: undefined };
  } catch (cause) {
    const restoreError = asHoldfastError(cause, "RESTORE_FAILED");
    return { ...failed, restored: undefined, restoreError };
  }
}
