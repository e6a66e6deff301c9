/**
 * A writer that times each commit, in the phase that it is told on standard input.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";

const [path = ""] = Deno.args;
const database = new DatabaseSync(path);
database.exec("PRAGMA busy_timeout = 60000; PRAGMA synchronous = NORMAL");
database.exec("CREATE TABLE IF NOT EXISTS latency (id INTEGER PRIMARY KEY, at TEXT)");
const insert = database.prepare("INSERT INTO latency (at) VALUES (datetime())");
const times: Record<string, number[]> = { alone: [], backup: [] };
let phase = "alone";
let running = true;
let busy = 0;

(async () => {
  for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    phase = text.trim().split("\n").at(-1) ?? phase;
  }
  running = false;
})();

while (running) {
  const began = performance.now();
  try {
    insert.run();
  } catch (error) {
    if (!(error instanceof Error && error.message.includes("locked"))) throw error;
    busy++;
  }
  times[phase]?.push(performance.now() - began);
  await new Promise((resolve) => setTimeout(resolve, 1));
}
for (const values of Object.values(times)) values.sort((a, b) => a - b);
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify({ ...times, busy })));
