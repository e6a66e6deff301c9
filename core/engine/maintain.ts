/**
 * Maintains a live database: gives room back, empties the `-wal`, counts for the planner.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { HoldfastError } from "../errors.ts";
import { execute } from "./execute.ts";
import { problemsOf } from "./inspect.ts";
import { openLive } from "./open.ts";
import type { EngineProgress } from "./protocol.ts";
import { factsOf, pragma } from "./read_facts.ts";
import { sqliteCode } from "./sqlite_error.ts";

/** What can be done. */
export type MaintenanceAction = "integrity" | "vacuum" | "checkpoint" | "analyze";

/** What is to be done. */
export interface MaintainRequest {
  /** Absolute path of the live database, links resolved. */
  readonly path: string;
  readonly action: MaintenanceAction;
  /** Milliseconds to wait for a lock. */
  readonly busyMs: number;
}

/** How large the database is. */
export interface DatabaseSize {
  /** Bytes of all pages, also of those that wait in the `-wal`. */
  readonly pages: number;
  /** Bytes of the file. */
  readonly file: number;
  /** Bytes of its `-wal`; 0 without one. */
  readonly wal: number;
  /** Bytes of pages without content. */
  readonly free: number;
}

/** What was done. */
export interface MaintainJobResult {
  /** `wal`, `delete`, … */
  readonly journalMode: string;
  /** Sizes before. */
  readonly before: DatabaseSize;
  /** Sizes after. */
  readonly after: DatabaseSize;
  /** What `integrity_check` found; empty where it passed or was not asked for. */
  readonly problems: readonly string[];
  /** Rows that break a foreign key; 0 where that was not asked for. */
  readonly foreignKeyViolations: number;
}

type Tell = (progress: EngineProgress) => void;

/** Does it. */
export function maintain(request: MaintainRequest, tell: Tell): MaintainJobResult {
  const { path, action, busyMs } = request;
  const database = openLive(path, busyMs);
  try {
    const before = sizeOf(database, path);
    tell({ phase: action === "integrity" ? "check" : "write", done: 0, total: 1, unit: "steps" });
    const found = actions[action](database, path);
    tell({ phase: action === "integrity" ? "check" : "write", done: 1, total: 1, unit: "steps" });
    return {
      journalMode: String(pragma(database, "journal_mode")),
      before,
      after: sizeOf(database, path),
      ...nothing,
      ...found,
    };
  } finally {
    database.close();
  }
}

type Found = Pick<MaintainJobResult, "problems" | "foreignKeyViolations">;

const nothing: Found = { problems: [], foreignKeyViolations: 0 };

const actions: Readonly<
  Record<MaintenanceAction, (database: DatabaseSync, path: string) => Partial<Found>>
> = {
  integrity: (database) => ({
    problems: problemsOf(database, "full"),
    foreignKeyViolations: violationsOf(database),
  }),
  vacuum(database, path) {
    inSqlite(`Cannot compact "${path}"`, () => execute(database, "VACUUM"));
    // In WAL mode the new pages are in the -wal until a checkpoint.
    database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get();
    return {};
  },
  checkpoint(database, path) {
    const row = database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get();
    if (row?.busy !== 1) return {};
    throw new HoldfastError("DATABASE_BUSY", `Cannot empty the -wal of "${path}" now`, {
      hint: "A program reads or writes it: try again when it is done. Nothing was lost.",
    });
  },
  analyze(database, path) {
    inSqlite(`Cannot analyze "${path}"`, () => execute(database, "ANALYZE"));
    return {};
  },
};

/** A foreign key that points nowhere ("foreign key mismatch") is no damage. */
function violationsOf(database: DatabaseSync): number {
  try {
    return database.prepare("PRAGMA foreign_key_check").all().length;
  } catch (error) {
    if (sqliteCode(error) === 1) return 0;
    throw error;
  }
}

/** A schema that needs functions or collations of the application cannot be written anew here. */
function inSqlite(action: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    if (sqliteCode(cause) !== 1 || !(cause instanceof Error)) throw cause;
    throw new HoldfastError("INTERNAL", `${action}: ${cause.message}`, {
      hint:
        "Its schema needs functions or collations of the application: let the application do it.",
      cause,
    });
  }
}

function sizeOf(database: DatabaseSync, path: string): DatabaseSize {
  const { freePages, pageCount, pageSize } = factsOf(database);
  return {
    pages: pageCount * pageSize,
    file: bytesOf(path),
    wal: bytesOf(`${path}-wal`),
    free: freePages * pageSize,
  };
}

function bytesOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
