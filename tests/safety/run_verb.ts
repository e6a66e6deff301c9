/**
 * One verb of the library in a process of its own, its events as lines: what the kill tests
 * kill. Run as a program: `run_verb.ts <verb> <database> [<point> <victim>]`. With a point it
 * kills or stops itself, or kills its youngest engine, from inside the event: that cannot come
 * late for the process itself.
 *
 * @module
 */

import { backup, restore, undo } from "../../mod.ts";
import type { HoldfastEvent } from "../../mod.ts";
import { kill, processes } from "../support/processes.ts";

const [verb, database = "", point, victim] = Deno.args;
let isInside = false;
let isDone = false;

/** The points of a verb by name: the phase, told apart where it comes twice. */
function pointOf(event: HoldfastEvent): string {
  if (event.type !== "progress") return event.type;
  const { phase, done } = event;
  isInside ||= phase === "restore";
  if (phase === "record") return done === 0 ? "record" : "recorded";
  if (phase === "restore" && event.unit === "steps" && done === 1) return "swapped";
  if (phase === "hash" || phase === "check") return isInside ? "look back" : "check";
  return phase;
}

function onEvent(event: HoldfastEvent): void {
  if (point === undefined) {
    Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(event)}\n`));
    return;
  }
  if (isDone || pointOf(event) !== point) return;
  isDone = true;
  if (victim === "parent") return kill(Deno.pid);
  if (victim === "stopped parent") return kill(Deno.pid, "SIGSTOP");
  const engines = processes().filter(({ ppid, isAlive }) => ppid === Deno.pid && isAlive);
  const youngest = engines.map(({ pid }) => pid).sort((a, b) => b - a)[0];
  if (youngest !== undefined) kill(youngest);
}

if (verb === "backup") await backup({ database, onEvent });
if (verb === "restore") await restore({ database, backup: "latest", onEvent });
if (verb === "undo") await undo({ database, onEvent });
