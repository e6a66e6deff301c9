/**
 * Gives the terminal back on every way out that JavaScript can see.
 *
 * @module
 */

import process from "node:process";

/** What is guarded. */
export interface GuardOptions {
  /** Gives the screen and the cursor back; may be called more than once. */
  readonly restore: () => void;
  /** Leaves in order: the work is stopped first. */
  readonly onSignal: (code: number) => void;
  /** Called with what nobody caught, after the screen was given back. */
  readonly onCrash: (error: unknown) => void;
}

/** Signals with the exit codes of a program that they end (128 + number). */
const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Begins to guard; what it gives back ends it. */
export function guardTerminal({ restore, onSignal, onCrash }: GuardOptions): () => void {
  const crash = (error: unknown): void => {
    restore();
    onCrash(error);
  };
  const onError = (event: ErrorEvent): void => {
    event.preventDefault();
    crash(event.error);
  };
  const onRejection = (event: PromiseRejectionEvent): void => {
    event.preventDefault();
    crash(event.reason);
  };
  addEventListener("error", onError);
  addEventListener("unhandledrejection", onRejection);
  addEventListener("unload", restore);
  // Through node:process, where Ink looks whether somebody else takes care of a signal.
  const listeners = signalsHere().map((signal) => {
    const listener = (): void => onSignal(codes[signal]);
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return () => {
    removeEventListener("error", onError);
    removeEventListener("unhandledrejection", onRejection);
    removeEventListener("unload", restore);
    listeners.forEach((remove) => remove());
  };
}

function signalsHere(): readonly (keyof typeof codes)[] {
  return Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM", "SIGHUP"];
}
