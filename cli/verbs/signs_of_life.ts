/**
 * Tells systemd's watchdog that this process lives.
 *
 * @module
 */

import { pause } from "../pause.ts";
import type { serviceNotify } from "../service_notify.ts";
import type { Run } from "../session.ts";

/** Signs of life for the watchdog of systemd, while the loop of this process turns. */
export function signsOfLife(
  run: Run,
  { send, watchdogMs }: ReturnType<typeof serviceNotify>,
): AsyncDisposable {
  const end = new AbortController();
  const stop = AbortSignal.any([run.signal, end.signal]);
  const beat = async (): Promise<void> => {
    while (watchdogMs !== undefined && !stop.aborted) {
      await send("WATCHDOG=1");
      await pause(watchdogMs, stop);
    }
  };
  const ended = beat();
  return {
    async [Symbol.asyncDispose]() {
      end.abort();
      await ended;
    },
  };
}
