/**
 * The exit codes of the command line, in one place.
 *
 * @module
 */

import type { ErrorCode } from "../core/errors.ts";

/** Everything was done. */
export const DONE = 0;
/** A part was done: one of several databases failed, a copy did not arrive. */
export const PARTLY = 3;
/** What was looked at is not healthy. */
export const UNHEALTHY = 4;

const codes: Readonly<Record<ErrorCode, number>> = {
  BACKUP_FAILED: 1,
  BACKUP_LIST_FAILED: 1,
  RESTORE_FAILED: 1,
  EXPORT_FAILED: 1,
  EXPORT_CANCELLED: 1,
  TARGET_FAILED: 1,
  NO_SPACE: 1,
  DISK_FAILED: 1,
  TOO_LARGE: 1,
  DESTINATION_EXISTS: 1,
  INTERNAL: 1,
  USAGE: 2,
  CONFIG_INVALID: 2,
  PLUGIN_INVALID: 2,
  BACKUP_NOT_FOUND: 10,
  DATABASE_MISSING: 10,
  NOT_A_DATABASE: 10,
  LOCKED: 11,
  DATABASE_BUSY: 11,
  PERMISSION_DENIED: 12,
  KEY_WRONG: 12,
  DATABASE_CORRUPT: 20,
  BACKUP_INVALID: 20,
  CANCELLED: 130,
};

/** The exit code of an error. */
export function exitCodeOf(code: ErrorCode): number {
  return codes[code];
}

/** The codes of errors that end with this exit code. */
export function errorCodesOf(exitCode: number): readonly string[] {
  return Object.entries(codes).filter(([, code]) => code === exitCode).map(([name]) => name);
}

/** Every exit code with its meaning, for the help and the docs. */
export const exitCodes: readonly (readonly [number, string])[] = [
  [0, "done"],
  [1, "failed"],
  [2, "wrong usage or configuration"],
  [3, "partly done: the message says what failed"],
  [4, "not healthy"],
  [10, "no such backup, or no database"],
  [11, "locked by another program"],
  [12, "not permitted, or the wrong key"],
  [20, "damaged, or not what its record says"],
  [130, "stopped by Ctrl-C"],
];
