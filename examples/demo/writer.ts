/**
 * The demo's application: a process that commits to the database without a pause, and
 * never closes it. It ends with its standard input, and tells how much it did.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";

const [path = ""] = Deno.args;
using database = new DatabaseSync(path);
database.exec("PRAGMA busy_timeout = 30000; PRAGMA synchronous = NORMAL");
const insert = database.prepare("INSERT INTO journal (at) VALUES (?)");
let running = true;
let commits = 0;
const began = performance.now();

(async () => {
  while (await Deno.stdin.read(new Uint8Array(16)) !== null);
  running = false;
})();

while (running) {
  insert.run(new Date().toISOString());
  commits++;
  await new Promise((resolve) => setTimeout(resolve, 1));
}
const seconds = (performance.now() - began) / 1000;
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify({ commits, seconds })));
