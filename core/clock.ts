/**
 * Time as an argument: core never asks the system for it, so that a test can
 * run a year in a second.
 *
 * @module
 */

/** Where the time and the zone come from. */
export interface Clock {
  /** The present instant (UTC). */
  now(): Temporal.Instant;
  /** The IANA name of the zone in which a person here reads times. */
  zone(): string;
  /** Milliseconds from some fixed point, never running backwards. */
  elapsed(): number;
}

/**
 * The clock of this machine.
 *
 * @example
 * ```ts
 * import { systemClock } from "@holdfast/holdfast";
 *
 * console.log(systemClock.now().toString(), systemClock.zone());
 * ```
 */
export const systemClock: Clock = {
  now: () => Temporal.Now.instant(),
  zone: () => Temporal.Now.timeZoneId(),
  elapsed: () => performance.now(),
};
