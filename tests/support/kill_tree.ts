/**
 * Kills a process that a test started, with everything that it started.
 *
 * @module
 */

import { becomes } from "./patience.ts";
import { kill, processes } from "./processes.ts";

/** Kills the process and its descendants, and waits for the end of all. */
export async function killTree(process: Deno.ChildProcess): Promise<void> {
  const found = new Set([process.pid]);
  // Each is stopped before its children are looked for, so that none is started meanwhile.
  for (const pid of found) {
    kill(pid, "SIGSTOP");
    for (const child of processes()) if (child.ppid === pid) found.add(child.pid);
  }
  for (const pid of found) kill(pid);
  await process.status;
  await becomes(
    "the end of a process that was killed, and of what it started",
    () =>
      !processes().some(({ pid, isAlive, isEnding }) => found.has(pid) && (isAlive || isEnding)),
  );
}
