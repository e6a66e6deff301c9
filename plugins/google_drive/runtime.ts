/**
 * What the plugin takes from the outside: the network, time, chance. Tests put
 * their own in place.
 *
 * @module
 */

import { sleep } from "../../core/extend/sleep.ts";

/** What the plugin takes from the outside. */
export interface DriveRuntime {
  /** Sends a request. */
  readonly fetch: typeof globalThis.fetch;
  /** The present instant (UTC). */
  now(): Temporal.Instant;
  /** Waits so many milliseconds; throws the signal's reason when it aborts before. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** A number from 0 up to, not including, 1. */
  random(): number;
  /** Up to so many bytes go in one request (5 MB is Google's own bound). */
  readonly simpleLimit: number;
  /** How many files one page of a list holds, 1 to 1000. */
  readonly pageSize: number;
}

/** The real thing: this machine's network, clock and chance. */
export const driveRuntime: DriveRuntime = {
  fetch: (input, init) => fetch(input, init),
  now: () => Temporal.Now.instant(),
  sleep,
  random: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
  // https://developers.google.com/workspace/drive/api/guides/manage-uploads: 5 MB or less.
  simpleLimit: 5_000_000,
  pageSize: 1000,
};
