/**
 * The two ways in which the engine opens a database.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { HoldfastError } from "../errors.ts";
import { sqliteCode } from "./sqlite_error.ts";
import { execute } from "./execute.ts";

/** Options that read any schema as SQLite itself would. */
const asSqlite = {
  enableDoubleQuotedStringLiterals: true,
  enableForeignKeyConstraints: false,
  allowExtension: false,
} as const;

/**
 * Opens a live database: read-write, so that SQLite can fold in what a crashed
 * application left and remove its own `-wal` and `-shm` at the end; read-only where
 * the file or its folder cannot be written. Nothing is ever created: the caller made
 * sure that the file is there.
 */
export function openLive(path: string, busyMs: number): DatabaseSync {
  refuseWhatIsNoDatabase(path);
  const database = openAndRead(path, busyMs, false);
  if (database !== undefined) return database;
  const readOnly = openAndRead(path, busyMs, true);
  if (readOnly !== undefined) return readOnly;
  throw new HoldfastError("PERMISSION_DENIED", `Cannot open the database "${path}"`, {
    hint:
      "Run it as a user who may read the file and write its folder: in WAL mode SQLite needs the folder also to read.",
  });
}

function openAndRead(path: string, busyMs: number, readOnly: boolean): DatabaseSync | undefined {
  const database = new DatabaseSync(path, { ...asSqlite, readOnly });
  try {
    // The `timeout` option is ignored together with `readOnly`.
    execute(database, `PRAGMA busy_timeout = ${busyMs}`);
    execute(database, "PRAGMA trusted_schema = OFF");
    database.prepare("SELECT count(*) FROM sqlite_schema").get();
    return database;
  } catch (error) {
    database.close();
    const code = sqliteCode(error);
    if (code === 8 || code === 14 || code === 3) return undefined;
    // The schema table itself cannot be read: a file format of no SQLite that is known.
    if (code === 1 && error instanceof Error) {
      throw new HoldfastError("NOT_A_DATABASE", `Cannot read "${path}": ${error.message}`, {
        hint: "The header is damaged, or a newer SQLite wrote it.",
        cause: error,
      });
    }
    throw error;
  }
}

/**
 * Opens an artifact that lies alone in a private folder: read-write, so that no
 * `-shm` stays behind, and forbidden to write, so that its bytes stay the same.
 */
export function openArtifact(path: string): DatabaseSync {
  const database = new DatabaseSync(path, asSqlite);
  try {
    execute(database, "PRAGMA query_only = ON");
    execute(database, "PRAGMA trusted_schema = OFF");
    execute(database, "PRAGMA mmap_size = 2147418112");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * What SQLite would take for an empty database, or is too short to be one, is
 * refused. The descriptor is never closed: closing it would drop this process's locks.
 */
function refuseWhatIsNoDatabase(path: string): void {
  const header = new Uint8Array(100);
  const file = descriptorOfDatabase(path);
  file.seekSync(0, Deno.SeekMode.Start);
  const read = file.readSync(header) ?? 0;
  if (read === 0) {
    throw new HoldfastError("NOT_A_DATABASE", `The file "${path}" is empty`, {
      hint: "An empty file holds nothing to back up. Is this the right path?",
    });
  }
  if (!new TextDecoder("latin1").decode(header).startsWith("SQLite format 3\0")) {
    throw new HoldfastError("NOT_A_DATABASE", `The file "${path}" is not an SQLite database`, {
      hint: "It is another kind of file, or the database is encrypted.",
    });
  }
}

/** It was there when the caller looked; somebody may have moved it since. */
function descriptorOfDatabase(path: string): Deno.FsFile {
  try {
    return descriptorOf(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new HoldfastError("DATABASE_MISSING", `Cannot find the database "${path}" any more`, {
      hint: "Another program moved or deleted it. Nothing was created.",
      cause,
    });
  }
}

const descriptors = new Map<string, Deno.FsFile>();

/**
 * A descriptor of a live file that stays open until the process ends: the first
 * close() of any descriptor would drop every POSIX lock that this process holds on it.
 *
 * @see https://www.sqlite.org/howtocorrupt.html section 2.2
 */
export function descriptorOf(path: string): Deno.FsFile {
  const known = descriptors.get(path);
  if (known !== undefined) return known;
  const file = Deno.openSync(path, { read: true });
  descriptors.set(path, file);
  return file;
}

/**
 * SQLite's locks are on the file that it opened, a copy is of what has the name: a file
 * put there by a rename, with the `-wal` of the old one, would pass every check.
 */
export function refuseReplaced(path: string): void {
  const opened = descriptorOf(path).statSync();
  const named = Deno.statSync(path);
  if (opened.ino === named.ino && opened.dev === named.dev) return;
  throw new HoldfastError(
    "DATABASE_BUSY",
    `The file "${path}" was replaced meanwhile`,
    {
      hint: "Another program put a new file there. Run it again.",
    },
  );
}
