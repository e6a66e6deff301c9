/**
 * Ctrl-C: the first stops the work in good order, the second ends the program at once.
 *
 * @module
 */

/** What listens for the signals until it is disposed. */
export interface StopSignals extends Disposable {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
}

/**
 * Listens for SIGINT, SIGTERM and, where there is one, SIGHUP. `leave` runs before the
 * program ends at once: it makes the terminal clean.
 */
export function stopOnSignals(leave: () => void): StopSignals {
  const controller = new AbortController();
  const names: readonly Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT"]
    : ["SIGINT", "SIGTERM", "SIGHUP"];
  const stop = (): void => {
    if (controller.signal.aborted) {
      leave();
      Deno.exit(130);
    }
    controller.abort(new DOMException("Stopped by a signal", "AbortError"));
  };
  for (const name of names) Deno.addSignalListener(name, stop);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of names) Deno.removeSignalListener(name, stop);
    },
  };
}
