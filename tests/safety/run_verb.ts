/**
 * One verb of the library in a process of its own, its events as lines: what the
 * kill tests kill.
 *
 * @module
 */

import { backup, restore, undo } from "../../mod.ts";
import type { HoldfastEvent } from "../../mod.ts";

const [verb, database = ""] = Deno.args;

function onEvent(event: HoldfastEvent): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(event)}\n`));
}

if (verb === "backup") await backup({ database, onEvent });
if (verb === "restore") await restore({ database, backup: "latest", onEvent });
if (verb === "undo") await undo({ database, onEvent });
