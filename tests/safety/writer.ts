/**
 * A database with an invariant over many rows, a writer that never rests in a
 * process of its own, and the check that a copy is one committed state.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { comes } from "../support/patience.ts";
import { TextLineStream } from "../support/text_lines.ts";

/** Journal modes that the safety tests run in. */
export const JOURNAL_MODES = ["wal", "delete"] as const;

/** Makes the database: 100 accounts, 20 classes of wide rows, a sequence. */
export function makeLedger(path: string, journalMode: string, pageSize = 4096): void {
  using database = new DatabaseSync(path);
  database.exec(`
    PRAGMA page_size = ${pageSize};
    PRAGMA journal_mode = ${journalMode};
    CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL);
    CREATE TABLE wide (id INTEGER PRIMARY KEY, class INTEGER, stamp INTEGER, pad TEXT);
    CREATE INDEX wide_by_class ON wide (class);
    CREATE TABLE seq (n INTEGER PRIMARY KEY, mark TEXT NOT NULL);
    WITH RECURSIVE c (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < 99)
      INSERT INTO account SELECT i, 1000 FROM c;
    WITH RECURSIVE c (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < 999)
      INSERT INTO wide SELECT i, i % 20, 0, hex(zeroblob(900)) FROM c;
  `);
}

/**
 * When the writer runs checkpoints: `often` mixes PASSIVE and TRUNCATE; `seldom` lets
 * the `-wal` grow, then starts it over from its beginning.
 */
export type Checkpoints = "often" | "seldom";

/** A running writer. */
export interface Writer extends AsyncDisposable {
  readonly pid: number;
  /** The last number that it had committed before a restore took the numbers back; waits for one. */
  nextJump(): Promise<number>;
}

/** Starts the writer process and waits until it writes. */
export async function startWriter(
  path: string,
  checkpoints: Checkpoints = "often",
): Promise<Writer> {
  const script = new URL("./writer_process.ts", import.meta.url).href;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "-q", "--no-config", script, path, checkpoints],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream()).getReader();
  const nextLine = async (what: string): Promise<string> => {
    const { done, value } = await comes(what, reader.read());
    if (done) throw new Error(`The writer ended before ${what}`);
    return value;
  };
  await nextLine("the writer's first commit");
  return {
    pid: child.pid,
    nextJump: async () => Number(await nextLine("a jump of the writer")),
    async [Symbol.asyncDispose](): Promise<void> {
      await child.stdin.close();
      await reader.cancel();
      const { success } = await comes("the end of the writer", child.status);
      if (!success) throw new Error("The writer failed: its own locks or rows were harmed");
    },
  };
}

/** The last committed number. */
export function lastNumber(path: string): number {
  using database = new DatabaseSync(path);
  database.exec("PRAGMA busy_timeout = 60000");
  return Number(database.prepare("SELECT coalesce(max(n), 0) AS n FROM seq").get()?.n);
}

/** What is wrong with a copy that should be one committed state; empty where nothing is. */
export function tornIn(path: string, least = 0): string[] {
  using database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA busy_timeout = 60000; BEGIN");
    const value = (sql: string): number => Number(database.prepare(sql).get()?.v);
    const last = value("SELECT coalesce(max(n), 0) AS v FROM seq");
    const wrong: string[] = [];
    if (value("SELECT sum(balance) AS v FROM account") !== 100_000) wrong.push("money is lost");
    if (value("SELECT count(*) AS v FROM seq") !== last) wrong.push("the sequence has a gap");
    if (value("SELECT max(stamp) AS v FROM wide") !== last) wrong.push("rows of another state");
    if (value("SELECT count(DISTINCT class * 1000000000 + stamp) AS v FROM wide") !== 20) {
      wrong.push("a class has two states");
    }
    const integrity = database.prepare("PRAGMA integrity_check").get()?.integrity_check;
    if (integrity !== "ok") wrong.push(String(integrity));
    if (last < least) wrong.push(`older than its start: ${last} < ${least}`);
    return wrong;
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
