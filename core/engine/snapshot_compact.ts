/**
 * The `compact` engine: `VACUUM INTO`, which leaves out free pages. It launders
 * damage into copies that look sound, so the source is checked first.
 *
 * @module
 * @see https://www.sqlite.org/lang_vacuum.html#vacuuminto
 */

import { HoldfastError } from "../errors.ts";
import type { SnapshotWork } from "./snapshot.ts";
import { sqliteCode } from "./sqlite_error.ts";

/** Checks the source, then writes it anew without its free pages. */
export function compactSnapshot({ database, request, onProgress }: SnapshotWork): Promise<number> {
  const began = performance.now();
  refuseDamage(() => database.prepare("PRAGMA integrity_check(1)").get(), request.source);
  onProgress({ phase: "snapshot", done: 0, unit: "bytes", item: "compact" });
  try {
    // The file of our own making is empty, which VACUUM INTO accepts.
    database.prepare("VACUUM INTO ?").run(request.destination);
  } catch (cause) {
    if (sqliteCode(cause) !== 1 || !(cause instanceof Error)) throw cause;
    throw new HoldfastError(
      "BACKUP_FAILED",
      `Cannot compact "${request.source}": ${cause.message}`,
      {
        hint:
          "Its schema needs functions or collations of the application. Use the engine auto instead.",
        cause,
      },
    );
  }
  return Promise.resolve(performance.now() - began);
}

function refuseDamage(check: () => Record<string, unknown> | undefined, source: string): void {
  let said: string;
  try {
    said = String(Object.values(check() ?? {})[0]);
  } catch (error) {
    if (sqliteCode(error) !== 1 || !(error instanceof Error)) throw error;
    throw new HoldfastError("BACKUP_FAILED", `Cannot check "${source}" first: ${error.message}`, {
      hint:
        "Its schema needs functions or collations of the application. Use the engine auto instead.",
      cause: error,
    });
  }
  if (said === "ok") return;
  throw new HoldfastError("DATABASE_CORRUPT", `The database "${source}" is damaged: ${said}`, {
    hint:
      "Compacting would hide the damage. Restore a good backup, or copy it with --engine online.",
  });
}
