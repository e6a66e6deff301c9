/**
 * Watches one database until it is told to stop: looks what is due, does it, waits.
 *
 * @module
 */

import type { Reason } from "../artifact/backup_record.ts";
import type { Clock } from "../clock.ts";
import type { HoldfastError } from "../errors.ts";
import { asHoldfastError } from "../report.ts";
import type { Timers } from "../timers.ts";
import { type Duty, nextDuty, type WatchPlan, type WatchState } from "./duty.ts";

/** What is done for a database; each may throw, and nothing here ends the watch. */
export interface WatchWork {
  /** Takes a backup, with all that follows it; what it gives is a line for the log. */
  backup(reason: Reason): Promise<string>;
  /** Checks the collection. */
  verify(): Promise<string>;
  /** What the catalog knows of earlier runs; asked at the start and after each duty. */
  history(): Promise<WatchHistory>;
  /** A text that changes with each commit. */
  stamp(): Promise<string | undefined>;
  /** Now and then, and after each duty: the state for others to see, health. */
  round(state: WatchState): Promise<void>;
}

/** When things last happened, as far as the catalog tells. */
export type WatchHistory = Pick<WatchState, "scheduledAt" | "goodAt" | "verifiedAt">;

/** Something that the watcher did. */
export interface WatchEntry {
  readonly level: "info" | "error";
  readonly what: "backup" | "verify" | "round";
  readonly message: string;
  readonly reason?: Reason | undefined;
  readonly error?: HoldfastError | undefined;
}

/** What {@linkcode watchDatabase} is given. */
export interface WatchDatabaseOptions {
  readonly plan: WatchPlan;
  readonly work: WatchWork;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Ends it at once, with what it does. */
  readonly signal: AbortSignal;
  /** Ends it after what it does. */
  readonly drain: AbortSignal;
  /** Hears what was done. */
  onEntry(entry: WatchEntry): void;
  /** Milliseconds between two looks; 30,000 by default, 2,000 where commits are noticed. */
  readonly lookMs?: number | undefined;
}

/** Milliseconds between two rounds. */
const ROUND_MS = 10 * 60_000;
/** Milliseconds until a check that could not be made is tried again. */
const CHECK_AGAIN_MS = 3_600_000;

/** Watches it. Returns once it was told to stop; never throws for what a duty throws. */
export async function watchDatabase(options: WatchDatabaseOptions): Promise<void> {
  await new Watcher(options).run();
}

class Watcher {
  readonly #options: WatchDatabaseOptions;
  #state: WatchState;
  #stamp: string | undefined;
  #roundAt = -Infinity;

  constructor(options: WatchDatabaseOptions) {
    this.#options = options;
    this.#state = { since: options.clock.now(), failures: 0 };
  }

  async run(): Promise<void> {
    const { signal, drain, timers, plan, clock } = this.#options;
    const lookMs = this.#options.lookMs ?? (plan.onChange === undefined ? 30_000 : 2_000);
    const stop = AbortSignal.any([signal, drain]);
    await this.#learn();
    while (!stop.aborted) {
      await this.#notice();
      const duty = nextDuty(plan, this.#state, clock.now());
      if (duty.kind !== "wait") await this.#fulfil(duty);
      if (duty.kind !== "wait" || clock.elapsed() - this.#roundAt >= ROUND_MS) await this.#round();
      if (stop.aborted) return;
      if (duty.kind !== "wait" && this.#state.failures === 0) continue;
      try {
        await timers.sleep(lookMs, stop);
      } catch (error) {
        if (!stop.aborted) throw error;
      }
    }
  }

  /** A commit is noticed by the stamp; the first look says nothing. */
  async #notice(): Promise<void> {
    if (this.#options.plan.onChange === undefined) return;
    const stamp = await this.#options.work.stamp();
    if (stamp === undefined || stamp === this.#stamp) return;
    const isFirst = this.#stamp === undefined;
    this.#stamp = stamp;
    if (isFirst) return;
    const now = this.#options.clock.now();
    const { changedSince = now } = this.#state;
    this.#state = { ...this.#state, changedSince, changedAt: now };
  }

  async #fulfil(duty: Exclude<Duty, { kind: "wait" }>): Promise<void> {
    const { work, clock, signal, onEntry } = this.#options;
    const at = clock.now();
    const reason = duty.kind === "backup" ? duty.reason : undefined;
    // Commits from here on are not in it for sure.
    if (reason !== undefined) this.#began(reason, at);
    try {
      const message = reason === undefined ? await work.verify() : await work.backup(reason);
      this.#state = reason === undefined
        ? { ...this.#state, verifiedAt: at }
        : { ...this.#state, goodAt: at, failures: 0, failedAt: undefined, failedReason: undefined };
      onEntry({ level: "info", what: duty.kind, message, reason });
    } catch (cause) {
      if (signal.aborted) return;
      const error = asHoldfastError(cause, "BACKUP_FAILED");
      this.#state = reason === undefined
        ? { ...this.#state, verifiedAt: this.#checked(at, error) }
        : {
          ...this.#state,
          failures: this.#state.failures + 1,
          failedAt: at,
          failedReason: reason,
          changedSince: this.#state.changedSince ?? at,
          changedAt: this.#state.changedAt ?? at,
        };
      onEntry({ level: "error", what: duty.kind, message: error.message, reason, error });
    }
    await this.#learn();
  }

  /** A check that found something was made; one that could not be made is tried again in an hour. */
  #checked(at: Temporal.Instant, { code }: HoldfastError): Temporal.Instant {
    const { verifyEveryMs = 0 } = this.#options.plan;
    const isMade = code === "BACKUP_INVALID" || verifyEveryMs < CHECK_AGAIN_MS;
    return isMade ? at : at.subtract({ milliseconds: verifyEveryMs - CHECK_AGAIN_MS });
  }

  #began(reason: Reason, at: Temporal.Instant): void {
    const { changedSince: _since, changedAt: _at, ...state } = this.#state;
    this.#state = reason === "auto:schedule" ? { ...state, scheduledAt: at } : state;
  }

  /** What others did counts too: a backup by hand, a run of another watcher. */
  async #learn(): Promise<void> {
    try {
      const known = await this.#options.work.history();
      const { scheduledAt, goodAt, verifiedAt } = this.#state;
      this.#state = {
        ...this.#state,
        scheduledAt: scheduledAt ?? known.scheduledAt,
        goodAt: later(goodAt, known.goodAt),
        verifiedAt: verifiedAt ?? known.verifiedAt,
      };
    } catch (cause) {
      this.#tellRound(cause);
    }
  }

  async #round(): Promise<void> {
    this.#roundAt = this.#options.clock.elapsed();
    try {
      await this.#options.work.round(this.#state);
    } catch (cause) {
      if (!this.#options.signal.aborted) this.#tellRound(cause);
    }
  }

  #tellRound(cause: unknown): void {
    const error = asHoldfastError(cause, "INTERNAL");
    this.#options.onEntry({ level: "error", what: "round", message: error.message, error });
  }
}

function later(
  one: Temporal.Instant | undefined,
  other: Temporal.Instant | undefined,
): Temporal.Instant | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Temporal.Instant.compare(one, other) >= 0 ? one : other;
}
