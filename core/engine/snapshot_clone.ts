/**
 * The `clone` engine: the kernel copies the file and its `-wal` while a read
 * transaction is held, then SQLite folds the copied `-wal` in.
 *
 * While the transaction is held a checkpoint may move frames into the file, but never
 * frames that the copied `-wal` does not also have, unless the `-wal` was started
 * over: its header tells. It is started over only when every frame was in the file
 * already and no reader needed one; then the file alone is the snapshot.
 *
 * In rollback mode the transaction keeps every writer from the file; a journal that
 * lies beside it then has nothing to undo.
 *
 * @module
 * @see https://www.sqlite.org/walformat.html
 */

import { DatabaseSync } from "node:sqlite";
import { type ErrorCode, HoldfastError } from "../errors.ts";
import { LOOK_AT_DISK } from "../files/file_error.ts";
import { copyProgram } from "./copy_program.ts";
import type { EngineProgress } from "./protocol.ts";
import { refuseReplaced } from "./open.ts";
import { pragma } from "./read_facts.ts";
import type { SnapshotWork } from "./snapshot.ts";
import { execute } from "./execute.ts";

/** How often the growing copy is looked at. */
const WATCH_MS = 100;

/** Copies with the kernel. */
export async function cloneSnapshot(work: SnapshotWork): Promise<number> {
  const { database, request, onProgress } = work;
  const { source, destination, sabotage } = request;
  const began = performance.now();
  if (!sabotage?.includes("no-read-transaction")) execute(database, "BEGIN");
  database.prepare("SELECT count(*) FROM sqlite_schema").get();
  // Asked inside: while it waited for the lock another program may have switched the mode.
  const isWal = pragma(database, "journal_mode") === "wal";
  const before = isWal ? walHeader(source) : undefined;
  await copy(source, destination, onProgress);
  const walCopy = `${destination}-wal`;
  const trusting = sabotage?.includes("no-header-check") === true &&
    walHeader(source) !== undefined;
  if ((before !== undefined && !sabotage?.includes("no-wal")) || trusting) {
    await copy(`${source}-wal`, walCopy);
    if (sabotage?.includes("slow-wal-copy")) await copySecondHalfLater(`${source}-wal`, walCopy);
    if (walHeader(source) !== before && !trusting) Deno.removeSync(walCopy);
  }
  refuseReplaced(source);
  if (database.isTransaction) execute(database, "ROLLBACK");
  const heldMs = performance.now() - began;
  if (isWal) foldWal(destination);
  return heldMs;
}

/** Opening the copy once lets SQLite fold the `-wal` in and remove it. */
function foldWal(path: string): void {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  try {
    execute(database, "PRAGMA wal_checkpoint(TRUNCATE)");
  } finally {
    database.close();
  }
}

/** The first 32 bytes of the `-wal`, which change when it is started over; `undefined` without them. */
function walHeader(source: string): string | undefined {
  // Locks lie on the file and its -shm, so this descriptor may be closed.
  try {
    using file = Deno.openSync(`${source}-wal`);
    const header = new Uint8Array(32);
    return file.readSync(header) === 32 ? header.join() : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function copy(
  from: string,
  to: string,
  onProgress: (progress: EngineProgress) => void = () => {},
): Promise<void> {
  const copier = copyProgram();
  if (copier === undefined) throw new HoldfastError("INTERNAL", "Cannot find a copy program");
  const total = sizeOf(from);
  const command = new Deno.Command(copier.program, {
    args: [...copier.args, from, to],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    // Deno lets nobody hand LD_LIBRARY_PATH and its like on who may run only this program.
    clearEnv: true,
    env: { LC_ALL: "C" },
  });
  const watch = setInterval(
    () => onProgress({ phase: "snapshot", done: sizeOf(to) ?? 0, total, unit: "bytes" }),
    WATCH_MS,
  );
  try {
    const { success, stderr } = await command.output();
    if (!success) throw copyFailed(from, new TextDecoder().decode(stderr).trim());
  } finally {
    clearInterval(watch);
  }
  onProgress({ phase: "snapshot", done: sizeOf(to) ?? 0, total: sizeOf(to), unit: "bytes" });
}

/** A copy as it comes out where the `-wal` is started over in the middle of it. */
async function copySecondHalfLater(from: string, to: string): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  await copy(from, `${to}.later`);
  const whole = Deno.readFileSync(to);
  const later = Deno.readFileSync(`${to}.later`).subarray(0, whole.length);
  const half = whole.length >> 1;
  whole.set(later.subarray(half), half);
  Deno.writeFileSync(to, whole);
  Deno.removeSync(`${to}.later`);
}

/** The copy program speaks with words only; these are the system's own. */
const sayings: readonly (readonly [RegExp, ErrorCode, string])[] = [
  [/^$|No space left|quota exceeded|File too large/i, "NO_SPACE", "Free some room and try again."],
  [/Input\/output error|Stale file handle|No such device/i, "DISK_FAILED", LOOK_AT_DISK],
  [/Permission denied|Read-only file system/i, "PERMISSION_DENIED", "Check its owner and mode."],
];

function copyFailed(from: string, said: string): HoldfastError {
  const [, code, hint] = sayings.find(([words]) => words.test(said)) ?? [said, "BACKUP_FAILED"];
  const [first = ""] = said.split("\n");
  return new HoldfastError(code, `Cannot copy "${from}"${first === "" ? "" : `: ${first}`}`, {
    hint: hint ?? "Look at the disk of the database and that of the backups, then try again.",
  });
}

function sizeOf(path: string): number | undefined {
  try {
    return Deno.statSync(path).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
