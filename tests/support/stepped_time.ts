/**
 * A clock and timers that a test moves: nothing waits for real.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import type { Timers } from "../../core/timers.ts";

interface Sleeper {
  readonly at: number;
  wake(): void;
}

/** Time that stands still until it is moved. */
export class SteppedTime implements Clock, Timers {
  #now: number;
  #elapsed = 0;
  readonly #sleepers = new Set<Sleeper>();
  readonly #zone: string;

  /** Begins at an instant. */
  constructor(start = "2026-01-03T12:00:00Z", zone = "UTC") {
    this.#now = Temporal.Instant.from(start).epochMilliseconds;
    this.#zone = zone;
  }

  now(): Temporal.Instant {
    return Temporal.Instant.fromEpochMilliseconds(this.#now);
  }

  zone(): string {
    return this.#zone;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const sleeper = { at: this.#elapsed + ms, wake: resolve };
    const stop = (): void => reject(signal.reason);
    this.#sleepers.add(sleeper);
    signal.addEventListener("abort", stop, { once: true });
    try {
      await promise;
    } finally {
      this.#sleepers.delete(sleeper);
      signal.removeEventListener("abort", stop);
    }
  }

  /** Sets the clock, forward or back, without letting time pass. */
  set(instant: string): void {
    this.#now = Temporal.Instant.from(instant).epochMilliseconds;
  }

  /** Lets time pass, waking each sleeper at its moment; each may sleep again. */
  async pass(duration: Temporal.DurationLike): Promise<void> {
    const end = this.#elapsed + Temporal.Duration.from(duration).total("milliseconds");
    while (true) {
      const [next] = [...this.#sleepers].filter(({ at }) => at <= end)
        .toSorted((one, other) => one.at - other.at);
      this.#move((next?.at ?? end) - this.#elapsed);
      if (next === undefined) return;
      this.#sleepers.delete(next);
      next.wake();
      // What was woken runs until it sleeps again or waits for something real.
      for (let turns = 0; turns < 20; turns++) await Promise.resolve();
    }
  }

  #move(ms: number): void {
    this.#now += ms;
    this.#elapsed += ms;
  }
}
