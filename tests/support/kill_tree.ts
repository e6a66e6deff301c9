/**
 * Kills a process that a test started, with everything that it started.
 *
 * @module
 */

/** Kills the process and its descendants, and waits for its end. */
export async function killTree(process: Deno.ChildProcess): Promise<void> {
  // The first one first, so that it starts no more.
  for (const pid of [process.pid, ...await descendants(process.pid)]) kill(pid);
  await process.status;
}

/** The processes that a process started, and those that they started (Linux). */
async function descendants(pid: number): Promise<number[]> {
  const children = await childrenOf(pid);
  return [...children, ...(await Promise.all(children.map(descendants))).flat()];
}

/** The processes that a process started. */
async function childrenOf(pid: number): Promise<number[]> {
  try {
    const text = await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`);
    return text.split(" ").filter((part) => part.trim() !== "").map(Number);
  } catch (cause) {
    // Its end came first.
    if (cause instanceof Error && "code" in cause && cause.code === "ESRCH") return [];
    if (cause instanceof Deno.errors.NotFound) return [];
    throw cause;
  }
}

/** Kills one process, which may have ended. */
function kill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound) && !(cause instanceof TypeError)) throw cause;
  }
}
