/**
 * The `online` engine: SQLite's own backup, under a read transaction, so that it is
 * one state and never starts over.
 *
 * @module
 * @see https://www.sqlite.org/backup.html
 */

import { backup } from "node:sqlite";
import { pragma } from "./read_facts.ts";
import type { SnapshotWork } from "./snapshot.ts";
import { execute } from "./execute.ts";

/** Bytes copied between two progress calls. */
const STEP_BYTES = 4 << 20;

/** Copies page by page; the rows are as they were when it began. */
export async function onlineSnapshot(work: SnapshotWork): Promise<number> {
  const { database, request, onProgress } = work;
  const pageSize = Number(pragma(database, "page_size"));
  const began = performance.now();
  if (!request.sabotage?.includes("no-read-transaction")) {
    execute(database, "BEGIN");
    database.prepare("SELECT count(*) FROM sqlite_schema").get();
  }
  await backup(database, request.destination, {
    rate: Math.max(1, Math.floor(STEP_BYTES / pageSize)),
    progress: ({ totalPages, remainingPages }) =>
      onProgress({
        phase: "snapshot",
        done: (totalPages - remainingPages) * pageSize,
        total: totalPages * pageSize,
        unit: "bytes",
      }),
  });
  if (database.isTransaction) execute(database, "ROLLBACK");
  return performance.now() - began;
}
