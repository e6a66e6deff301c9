/**
 * The process of the saturating writer: commits as fast as it can, and runs
 * checkpoints between. Started by `writer.ts`; ends with its standard input.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";

const [path = "", checkpoints = "often"] = Deno.args;
const database = new DatabaseSync(path);
database.exec("PRAGMA busy_timeout = 60000; PRAGMA synchronous = OFF");
if (checkpoints === "seldom") database.exec("PRAGMA wal_autocheckpoint = 0");
const newest = database.prepare("SELECT n, mark FROM seq ORDER BY n DESC LIMIT 1");
const move = database.prepare("UPDATE account SET balance = balance + ? WHERE id = ?");
const stamp = database.prepare("UPDATE wide SET stamp = ? WHERE class = ?");
const note = database.prepare("INSERT INTO seq (n, mark) VALUES (?, ?)");

let last = 0;
let lastMark = "";
let running = true;
(async () => {
  while (await Deno.stdin.read(new Uint8Array(64)) !== null);
  running = false;
})();

let began = performance.now();
for (let round = 0; running; round++) {
  commit();
  if (round === 0) tell("ready");
  if (checkpoints === "often" && round % 7 === 0) {
    checkpoint(round % 14 === 0 ? "TRUNCATE" : "PASSIVE");
  }
  if (checkpoints === "seldom" && round % 40 === 39) {
    // Only a -wal that is in the file whole is started over; a reader may come in the pause.
    const tookMs = performance.now() - began;
    while (running && !checkpoint("PASSIVE")) await pause(5);
    // On a busy machine longer, or it would hardly ever be in the pause.
    await pause(Math.random() * Math.max(200, Math.min(4 * tookMs, 4_000)));
    began = performance.now();
  }
  if (round % 20 === 0) await pause(0);
}
database.close();

/** One transaction: money moves, one class of rows far apart gets the number, which is noted. */
function commit(): void {
  database.exec("BEGIN IMMEDIATE");
  const row = newest.get();
  const n = Number(row?.n ?? 0) + 1;
  // By its mark: a restore may take the numbers back to the very one that was the last.
  if (last > 0 && row?.mark !== lastMark) tell(`${last}`);
  const mark = crypto.randomUUID();
  move.run(-1, n % 100);
  move.run(1, (n * 7 + 1) % 100);
  stamp.run(n, n % 20);
  note.run(n, mark);
  database.exec("COMMIT");
  last = n;
  lastMark = mark;
}

/** Tells the last number that was committed before a restore took the numbers back. */
function tell(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

/** Whether the file now has everything that the `-wal` has. */
function checkpoint(mode: "TRUNCATE" | "PASSIVE"): boolean {
  database.exec("PRAGMA busy_timeout = 0");
  const done = database.prepare(`PRAGMA wal_checkpoint(${mode})`).get();
  database.exec("PRAGMA busy_timeout = 60000");
  return done?.log === done?.checkpointed;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
