/**
 * From SQLite's result codes to ours.
 *
 * @module
 * @see https://www.sqlite.org/rescode.html
 */

import { traceOf } from "../error_trace.ts";
import { type ErrorCode, HoldfastError } from "../errors.ts";
import { LOOK_AT_DISK, systemFault } from "../files/file_error.ts";
import type { EngineFailure } from "./protocol.ts";

/** SQLite's primary result codes that we tell apart. */
const codes: Readonly<Record<number, readonly [ErrorCode, string | undefined]>> = {
  3: ["PERMISSION_DENIED", "Run it as a user who may read and write the file and its folder."],
  5: ["DATABASE_BUSY", "Another program holds a lock on it: let it finish and try again."],
  6: ["DATABASE_BUSY", "Another program holds a lock on it: let it finish and try again."],
  8: ["PERMISSION_DENIED", "Run it as a user who may write the file and its folder."],
  10: ["DISK_FAILED", LOOK_AT_DISK],
  11: ["DATABASE_CORRUPT", "The file is damaged, or its disk: look at both, and restore a backup."],
  13: ["NO_SPACE", "Free some room on the disk and try again."],
  14: ["PERMISSION_DENIED", "Run it as a user who may read and write the file and its folder."],
  23: ["PERMISSION_DENIED", undefined],
  26: ["NOT_A_DATABASE", "It is another kind of file, or the database is encrypted."],
};

/**
 * The fixed sentences of `sqlite3_errstr()`. The runtime's `backup()` throws them
 * without the code, so here, and only here, a sentence is read.
 */
const sentences: Readonly<Record<string, number>> = {
  "database is locked": 5,
  "attempt to write a readonly database": 8,
  "disk I/O error": 10,
  "database disk image is malformed": 11,
  "database or disk is full": 13,
  "unable to open database file": 14,
  "file is not a database": 26,
};

/** SQLite's primary result code of an error, `undefined` for errors of others. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("errcode" in error && typeof error.errcode === "number") return error.errcode & 0xff;
  return "code" in error && error.code === "ERR_SQLITE_ERROR"
    ? sentences[error.message]
    : undefined;
}

/**
 * Extended codes of writes that failed: a full tmpfs, quota or file-size limit shows as
 * one of these (SQLITE_IOERR_WRITE, SHMSIZE, SHMMAP) where SQLITE_FULL would be due.
 */
const failedWrites: ReadonlySet<unknown> = new Set([778, 4874, 5386]);

/** They do not tell which it was. */
const FULL_OR_FAILING = "Free some room on the disk and try again; if there is room, it fails.";

/** The error as plain JSON, with the code that callers act on. */
export function failureOf(error: unknown): EngineFailure {
  if (error instanceof HoldfastError) {
    return { code: error.code, message: error.message, hint: error.hint, trace: traceOf(error) };
  }
  const full = error instanceof Error && "errcode" in error && failedWrites.has(error.errcode);
  const known = codes[full ? 13 : sqliteCode(error) ?? -1];
  if (known !== undefined && error instanceof Error) {
    const [code, hint] = known;
    const message = `SQLite says: ${error.message}`;
    return { code, message, hint: full ? FULL_OR_FAILING : hint };
  }
  const fault = systemFault(error);
  if (fault !== undefined) return { ...fault, message: `The system says: ${fault.message}` };
  return {
    code: "INTERNAL",
    message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    trace: traceOf(error),
  };
}
