/**
 * Kills a process that a test started, with everything that it started.
 *
 * @module
 */

import { processes } from "./processes.ts";

/** Kills the process and its descendants, and waits for its end. */
export async function killTree(process: Deno.ChildProcess): Promise<void> {
  // The first one first, so that it starts no more.
  for (const pid of [process.pid, ...descendants(process.pid)]) kill(pid);
  await process.status;
}

/** The processes that a process started, and those that they started (Linux). */
function descendants(pid: number): number[] {
  const all = processes();
  const below = (parent: number): number[] =>
    all.filter(({ ppid }) => ppid === parent).flatMap((child) => [child.pid, ...below(child.pid)]);
  return below(pid);
}

/** Kills one process, which may have ended. */
function kill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound) && !(cause instanceof TypeError)) throw cause;
  }
}
