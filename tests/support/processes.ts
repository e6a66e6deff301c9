/**
 * The processes of this machine (Linux), for tests that kill some or look at their memory.
 *
 * @module
 */

import { becomes } from "./patience.ts";

/** A process. */
export interface ProcessInfo {
  readonly pid: number;
  readonly ppid: number;
  /** It has not ended: a zombie has. */
  readonly isAlive: boolean;
  /** Its arguments, with NUL between them; none once it is ending. */
  readonly command: string;
  /** It stands still until SIGCONT. */
  readonly isStopped: boolean;
  /** It has given up its memory, but perhaps not yet its files and their locks. */
  readonly isEnding: boolean;
}

/** All of them. */
export function processes(): ProcessInfo[] {
  return [...Deno.readDirSync("/proc")].flatMap(({ name }) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = Deno.readTextFileSync(`/proc/${name}/stat`);
      const command = Deno.readTextFileSync(`/proc/${name}/cmdline`);
      // proc_pid_stat(5): what follows the name, from field 3 on; field 20 counts threads.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const [pid, ppid, threads] = [Number(name), Number(fields[1]), Number(fields[17])];
      const isAlive = fields[0] !== "Z";
      const isOfKernel = pid === 2 || ppid === 2;
      const isEnding = command === "" && !isOfKernel && (isAlive || threads > 1);
      const isStopped = fields[0] === "T";
      return [{ pid, ppid, isAlive, command, isStopped, isEnding }];
    } catch (error) {
      if (error instanceof Deno.errors.NotFound || isGone(error)) return [];
      throw error;
    }
  });
}

/** Bytes of memory of its own that a process has now; 0 once it has ended. */
export function anonymousBytes(pid: number): number {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || isGone(error)) return 0;
    throw error;
  }
}

/** A process that ended while its entry was read: ESRCH, to which Deno gives no code. */
function isGone(error: unknown): boolean {
  return error instanceof Error && /\(os error 3\)/.test(error.message);
}

/** Kills one process, which may have ended; or sends it another signal. */
export function kill(pid: number, signal: Deno.Signal = "SIGKILL"): void {
  try {
    Deno.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound) && !isGone(error)) throw error;
  }
}

/**
 * Waits until no process has this text among its arguments, nor may still hold locks while it
 * ends; throws where one lives on.
 */
export async function noneLives(argument: string): Promise<void> {
  const isOne = ({ command }: ProcessInfo): boolean => command.includes(argument);
  // One that is ending has lost its arguments. Those that begin to end later had them, or are
  // none of ours: on a busy machine there is always one that is ending.
  const ours = new Set(
    processes().filter((each) => each.isEnding || isOne(each)).map(({ pid }) => pid),
  );
  await becomes(`the end of every process with "${argument}"`, () => {
    const all = processes();
    for (const { pid } of all.filter(isOne)) ours.add(pid);
    return !all.some((each) => ours.has(each.pid) && (each.isEnding || isOne(each)));
  });
}
