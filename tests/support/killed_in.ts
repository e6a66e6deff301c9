/**
 * Runs a verb of the library in a process that kills itself at the n-th word of progress of a
 * phase, while its engine may be at work. Run as a program:
 * `killed_in.ts <phase> <n> <verb> <options as JSON>`.
 *
 * @module
 */

import { exportDatabase, rescue } from "../../mod.ts";
import type { HoldfastEvent } from "../../mod.ts";

const verbs = { exportDatabase, rescue };
const [phase = "", number = "1", verb = "", options = "{}"] = Deno.args;
let left = Number(number);

function onEvent(event: HoldfastEvent): void {
  if (event.type !== "progress" || event.phase !== phase) return;
  if (--left === 0) Deno.kill(Deno.pid, "SIGKILL");
}

const run: ((options: never) => Promise<unknown>) | undefined = Object.entries(verbs).find((
  [name],
) => name === verb)?.[1];
const given: unknown = JSON.parse(options);
await run?.({ ...(given as Record<string, unknown>), onEvent } as never);
