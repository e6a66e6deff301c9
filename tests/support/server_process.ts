/**
 * A server that a test starts, and stops by its own handle.
 *
 * @module
 */

import { connect } from "node:net";

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
    child.kill("SIGTERM");
    const timer = setTimeout(() => ended || child.kill("SIGKILL"), graceMs);
    await end;
    clearTimeout(timer);
  };
  return {
    pid: child.pid,
    async kill(): Promise<void> {
      if (!ended) child.kill("SIGKILL");
      await end;
    },
    [Symbol.asyncDispose]: stop,
  };
}

/** A port of the loopback address that is free now. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Tries every 100 ms until it gives true; throws after so many milliseconds. */
export async function eventually(
  what: string,
  attempt: () => Promise<boolean>,
  withinMs = 60_000,
): Promise<void> {
  for (let tries = withinMs / 100; tries > 0; tries--) {
    if (await attempt()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Cannot go on: ${what} after ${withinMs / 1000} s`);
}

/** Whether somebody listens at a port of the loopback address. */
export function listens(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: "127.0.0.1", port });
  socket.once("connect", () => resolve(true));
  socket.once("error", () => resolve(false));
  return promise.finally(() => socket.destroy());
}
