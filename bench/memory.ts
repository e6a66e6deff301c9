/**
 * The peak of anonymous memory of all our processes during one command.
 *
 * @module
 */

import { projectFile } from "./support/run.ts";

/** Bytes at the peak of a backup, all processes together. */
export async function peakMemory(database: string, directory: string): Promise<number> {
  return await peakMemoryOf(["backup", database, "--directory", directory, "--quiet"]);
}

/** Bytes at the peak of a command, all processes together. Fails where the command does. */
export async function peakMemoryOf(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "-q", projectFile("cli.ts"), ...args],
    env,
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  let peak = 0;
  let running = true;
  const watch = (async () => {
    while (running) {
      peak = Math.max(peak, anonymousOf(child.pid));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const { success } = await child.status;
  running = false;
  await watch;
  if (!success) throw new Error(`holdfast ${args[0]} failed`);
  return peak;
}

/** Anonymous bytes of a process and its descendants. */
function anonymousOf(pid: number): number {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    const own = Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
    const children = [...Deno.readDirSync(`/proc/${pid}/task`)].flatMap(({ name }) =>
      Deno.readTextFileSync(`/proc/${pid}/task/${name}/children`).trim().split(" ")
    ).filter((text) => text !== "");
    return children.reduce((sum, child) => sum + anonymousOf(Number(child)), own);
  } catch (error) {
    // It ended meanwhile.
    if (error instanceof Deno.errors.NotFound) return 0;
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return 0;
    throw error;
  }
}
