/**
 * Backups that an application takes by itself: when it starts, while it runs, when it
 * ends, and before what could go wrong.
 *
 * @module
 */

import { backup, type BackupOptions, type BackupResult } from "./backup.ts";
import type { Reason } from "./artifact/backup_record.ts";
import { systemClock } from "./clock.ts";
import { parseDuration } from "./words/duration_expression.ts";
import { rememberDisk } from "./directory/known_disk.ts";
import { HoldfastError } from "./errors.ts";
import { memoryState } from "./extend/memory_state.ts";
import type { StateStore } from "./extend/plugin.ts";
import { type Guarded, type GuardOptions, guardWork } from "./guard_work.ts";
import { newestGood } from "./health/newest_good.ts";
import { asHoldfastError, tellPlatform } from "./report.ts";
import { backgroundTimers, type Timers } from "./timers.ts";

/** What {@linkcode automate} is given: what each backup gets, and when they are taken. */
export interface AutomateOptions
  extends Omit<BackupOptions, "reason" | "ifChanged" | "note">, GuardOptions {
  /** An application that starts takes a backup if the newest good one is older: `"24h"`. */
  readonly startupAfter?: string | undefined;
  /** How often one is taken while it runs: `"4h"`. */
  readonly every?: string | undefined;
  /** Whether one is taken when it ends; `true` by default. */
  readonly onShutdown?: boolean | undefined;
  /** Throw what goes wrong; by default it is only told in the outcome. */
  readonly throws?: boolean | undefined;
  /** Hears how each backup ended, also those of the timer. What it throws is a warning of the process only. */
  readonly onOutcome?: ((outcome: AutoOutcome) => void) | undefined;
  /** As for {@linkcode backup}; without it the disk is known as long as the automation lives. */
  readonly state?: Pick<StateStore, "get" | "set"> | undefined;
  /** How the timer waits; it does not keep the process alive. */
  readonly timers?: Timers | undefined;
}

/** How a backup that happened by itself ended. */
export type AutoOutcome =
  | { readonly kind: "taken"; readonly reason: Reason; readonly backup: BackupResult }
  /** Nothing was written since the last good one. */
  | { readonly kind: "unchanged"; readonly reason: Reason; readonly backup: BackupResult }
  /** It is not time yet, or it is switched off. */
  | { readonly kind: "not due"; readonly reason: Reason }
  | { readonly kind: "failed"; readonly reason: Reason; readonly error: HoldfastError };

/** What {@linkcode automate} gives. Nothing here throws unless `throws` was asked for. */
export interface Automation extends AsyncDisposable {
  /** When the application starts: takes a backup if due, then starts the timer. */
  onStartup(): Promise<AutoOutcome>;
  /** When it ends: stops the timer and takes a backup if anything changed. */
  onShutdown(): Promise<AutoOutcome>;
  /** Takes a backup (`pre-import`), runs the work, and on failure offers or performs the restore. */
  beforeImport<T>(work: () => T | Promise<T>): Promise<Guarded<T>>;
  /** The same before a migration (`pre-migration`). */
  beforeMigration<T>(work: () => T | Promise<T>): Promise<Guarded<T>>;
  /** The same before an upgrade of the application (`pre-upgrade`). */
  beforeUpgrade<T>(work: () => T | Promise<T>): Promise<Guarded<T>>;
  /** Starts the timer alone; nothing where it runs already. */
  start(): void;
  /** Stops the timer and a backup that it is taking. */
  stop(): Promise<void>;
}

/** The timer looks at the clock so often, because a machine that sleeps stops its timers. */
const LOOK_MS = 60_000;

/**
 * Makes an application take its backups by itself. Each has its reason in the catalog;
 * an unchanged database is not backed up again. Needs what {@linkcode backup} needs.
 *
 * @throws {HoldfastError} `USAGE` at once for an interval that is no duration.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { automate } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * using app = new DatabaseSync(`${dir}/app.db`);
 * app.exec("CREATE TABLE notes (text TEXT)");
 *
 * const automation = automate({ database: `${dir}/app.db`, onFailure: "restore" });
 * await automation.onStartup();
 * const migrated = await automation.beforeMigration(() => {
 *   app.exec("DROP TABLE notes");
 *   throw new Error("the second step failed");
 * });
 * console.log(migrated.ok, migrated.ok || migrated.restored !== undefined); // false true
 * await automation.onShutdown();
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export function automate(options: AutomateOptions): Automation {
  return new RunningAutomation(options);
}

class RunningAutomation implements Automation {
  readonly #options: AutomateOptions;
  readonly #startupAfter: Temporal.Duration;
  readonly #every: Temporal.Duration;
  #timer: { readonly controller: AbortController; readonly ended: Promise<void> } | undefined;
  #guarded = 0;

  constructor(options: AutomateOptions) {
    this.#options = { ...options, state: options.state ?? memoryState() };
    this.#startupAfter = parseDuration(options.startupAfter ?? "24h");
    this.#every = parseDuration(options.every ?? "4h");
    if (this.#every.sign === 0) {
      throw new HoldfastError("USAGE", 'Cannot use "every": it is no time at all', {
        hint: 'Write it like "4h".',
      });
    }
  }

  async onStartup(): Promise<AutoOutcome> {
    const outcome = await this.#outcome("auto:startup", async () => {
      const last = await newestGood(this.#options);
      if (last !== undefined && this.#isWithin(last.createdAt, this.#startupAfter)) {
        await rememberDisk(this.#options);
        return undefined;
      }
      return await this.#take("auto:startup");
    });
    this.start();
    return outcome;
  }

  async onShutdown(): Promise<AutoOutcome> {
    await this.stop();
    const isWanted = this.#options.onShutdown ?? true;
    return await this.#outcome(
      "auto:shutdown",
      async () => isWanted ? await this.#take("auto:shutdown") : undefined,
    );
  }

  beforeImport<T>(work: () => T | Promise<T>): Promise<Guarded<T>> {
    return this.#guard("pre-import", work);
  }

  beforeMigration<T>(work: () => T | Promise<T>): Promise<Guarded<T>> {
    return this.#guard("pre-migration", work);
  }

  beforeUpgrade<T>(work: () => T | Promise<T>): Promise<Guarded<T>> {
    return this.#guard("pre-upgrade", work);
  }

  start(): void {
    if (this.#timer !== undefined) return;
    const controller = new AbortController();
    this.#timer = { controller, ended: this.#tick(controller.signal) };
  }

  async stop(): Promise<void> {
    const timer = this.#timer;
    this.#timer = undefined;
    timer?.controller.abort();
    await timer?.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #guard<T>(reason: Reason, work: () => T | Promise<T>): Promise<Guarded<T>> {
    this.#guarded++;
    try {
      const options = { ...this.#options, reason };
      const guarded = await guardWork(work, { ...options, take: () => backup(options) });
      if (!guarded.ok && this.#options.throws === true) throw guarded.error;
      return guarded;
    } finally {
      this.#guarded--;
    }
  }

  /** Looks at the clock again and again until it is stopped. */
  async #tick(signal: AbortSignal): Promise<void> {
    const { clock = systemClock, timers = backgroundTimers } = this.#options;
    const everyMs = this.#every.total({ unit: "milliseconds", relativeTo: "2000-01-01" });
    let last = clock.now();
    while (!signal.aborted) {
      try {
        await timers.sleep(Math.min(LOOK_MS, everyMs), signal);
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
      const now = clock.now();
      // A clock that was set back begins anew; half of an import is no state to keep.
      if (Temporal.Instant.compare(now, last) < 0) last = now;
      if (now.epochMilliseconds - last.epochMilliseconds < everyMs || this.#guarded > 0) continue;
      last = now;
      await this.#outcome("auto:timer", () => this.#take("auto:timer", signal), false);
    }
  }

  async #take(reason: Reason, signal?: AbortSignal): Promise<BackupResult> {
    const given = this.#options.signal;
    const both = signal === undefined || given === undefined
      ? signal ?? given
      : AbortSignal.any([signal, given]);
    return await backup({ ...this.#options, reason, ifChanged: true, signal: both });
  }

  async #outcome(
    reason: Reason,
    work: () => Promise<BackupResult | undefined>,
    throws = this.#options.throws ?? false,
  ): Promise<AutoOutcome> {
    let outcome: AutoOutcome;
    try {
      const backup = await work();
      outcome = backup === undefined
        ? { kind: "not due", reason }
        : { kind: backup.unchanged ? "unchanged" : "taken", reason, backup };
    } catch (cause) {
      const error = asHoldfastError(cause, "BACKUP_FAILED");
      if (throws) throw error;
      outcome = { kind: "failed", reason, error };
    }
    this.#tell(outcome);
    return outcome;
  }

  #tell(outcome: AutoOutcome): void {
    try {
      const answer: unknown = this.#options.onOutcome?.(outcome);
      if (answer instanceof Promise) answer.catch(tellPlatform);
    } catch (error) {
      // The listener's defect must not end the timer.
      tellPlatform(error);
    }
  }

  #isWithin(instant: string, age: Temporal.Duration): boolean {
    const now = (this.#options.clock ?? systemClock).now();
    const limit = now.toZonedDateTimeISO("UTC").subtract(age).toInstant();
    const at = Temporal.Instant.from(instant);
    // One from the future says nothing about its age.
    return Temporal.Instant.compare(at, limit) >= 0 && Temporal.Instant.compare(at, now) <= 0;
  }
}
