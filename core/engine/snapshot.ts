/**
 * Takes a snapshot of a live database with the engine asked for, or the one that
 * suits.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { HoldfastError } from "../errors.ts";
import { copyProgram } from "./copy_program.ts";
import { readMoment } from "./moment.ts";
import { openLive } from "./open.ts";
import type { EngineProgress, SnapshotRequest, SnapshotResult } from "./protocol.ts";
import { pragma } from "./read_facts.ts";
import { cloneSnapshot } from "./snapshot_clone.ts";
import { compactSnapshot } from "./snapshot_compact.ts";
import { onlineSnapshot } from "./snapshot_online.ts";

/** What a snapshot engine works with. */
export interface SnapshotWork {
  /** A connection to the live database, with no transaction. */
  readonly database: DatabaseSync;
  readonly request: SnapshotRequest;
  readonly onProgress: (progress: EngineProgress) => void;
}

/** One way to copy the pages; returns the milliseconds that it held the read transaction. */
export type SnapshotTaker = (work: SnapshotWork) => Promise<number>;

const takers: Readonly<Record<SnapshotResult["engine"], SnapshotTaker>> = {
  online: onlineSnapshot,
  clone: cloneSnapshot,
  compact: compactSnapshot,
};

/** Copies the live database of the request to its destination, as one committed state. */
export async function snapshot(
  request: SnapshotRequest,
  onProgress: (progress: EngineProgress) => void,
): Promise<SnapshotResult> {
  onProgress({ phase: "snapshot", done: 0, unit: "bytes" });
  const database = openLive(request.source, request.busyMs);
  try {
    const moment = readMoment(request.source);
    const { engine, why } = choose(request);
    createPrivateFile(request.destination);
    const heldMs = await takers[engine]({ database, request, onProgress });
    const journalMode = String(pragma(database, "journal_mode"));
    return { engine, why, journalMode, moment, heldMs };
  } finally {
    database.close();
  }
}

function choose({ engine }: SnapshotRequest): Pick<SnapshotResult, "engine" | "why"> {
  if (engine === "clone" && copyProgram() === undefined) {
    throw new HoldfastError("BACKUP_FAILED", "Cannot use the clone engine on this system", {
      hint: "Use the engine auto or online.",
    });
  }
  if (engine !== "auto") return { engine, why: "asked for" };
  if (copyProgram() !== undefined) {
    return { engine: "clone", why: "the kernel copies the file while a read transaction is held" };
  }
  return { engine: "online", why: "this system has no program that copies beside SQLite's locks" };
}

/** SQLite would make it readable for others. */
function createPrivateFile(path: string): void {
  Deno.openSync(path, { write: true, createNew: true, mode: 0o600 }).close();
}
