/**
 * A server that a test starts, and stops by its own handle.
 *
 * @module
 */

import { kill } from "./processes.ts";

/** A running server process. */
export interface ServerProcess extends AsyncDisposable {
  /** Its process id. */
  readonly pid: number;
  /** Ends it as a crash does, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Milliseconds that a server gets to end by itself before it is killed. */
const graceMs = 3_000;

/** Starts a program that stays in the foreground; what it prints is dropped. */
export function serverProcess(
  program: string,
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): ServerProcess {
  const child = new Deno.Command(program, {
    ...options,
    args: [...args],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  let ended = false;
  const end = child.status.then(() => {
    ended = true;
  });
  const stop = async (): Promise<void> => {
    if (ended) return;
    kill(child.pid, "SIGTERM");
    const timer = setTimeout(() => kill(child.pid), graceMs);
    await end;
    clearTimeout(timer);
  };
  return {
    pid: child.pid,
    async kill(): Promise<void> {
      if (!ended) kill(child.pid);
      await end;
    },
    [Symbol.asyncDispose]: stop,
  };
}
