/**
 * Where the backups of a database lie, and whose backups lie in a directory.
 *
 * @module
 */

import { basename, dirname, join, relative, resolve } from "node:path";
import { Catalog } from "../catalog/catalog.ts";
import { isThere } from "../database_file.ts";
import { HoldfastError } from "../errors.ts";
import { isMissing } from "../files/file_error.ts";
import { followMoves } from "./moved_pointer.ts";

/** What a person says: a database, a backup directory, or both. */
export interface PlaceOptions {
  /** Path of the live database. */
  readonly database?: string | undefined;
  /** The backup directory; `backups/` beside the database by default. */
  readonly directory?: string | undefined;
  /** Take on a directory whose database was moved to `database`. */
  readonly adopt?: boolean | undefined;
}

/** A database and its backup directory, both absolute. */
export interface Place {
  /** Absolute path of the live database. */
  readonly database: string;
  /** Absolute path of the backup directory. */
  readonly directory: string;
}

/**
 * Finds the backup directory, and, where only that is given, its database.
 *
 * @throws {HoldfastError} `USAGE` where neither is given or the directory belongs to
 * another database; `BACKUP_NOT_FOUND` where a directory without catalog is all there is.
 */
export async function resolvePlace(options: PlaceOptions): Promise<Place> {
  const { directory, adopt = false } = options;
  if (options.database === undefined) {
    if (directory === undefined) {
      throw new HoldfastError("USAGE", "Name a database or a backup directory", {
        hint: "For example: holdfast list app.db, or: holdfast list --directory backups",
      });
    }
    const chosen = await followMoves(await realOrGiven(directory));
    return { database: databaseOf(chosen), directory: chosen };
  }
  const database = await realOrGiven(options.database);
  if (directory !== undefined) {
    const chosen = await followMoves(await realOrGiven(directory));
    if (!adopt && !await belongsTo(chosen, database)) throw foreign(chosen, database);
    return { database, directory: chosen };
  }
  const usual = await followMoves(await realOrGiven(join(dirname(database), "backups")));
  if (await belongsTo(usual, database)) return { database, directory: usual };
  const own = join(dirname(database), `${basename(database)}.backups`);
  return { database, directory: await followMoves(await realOrGiven(own)) };
}

/** The database that a directory belongs to. */
function databaseOf(directory: string): string {
  using catalog = Catalog.openToRead(directory);
  const database = catalog?.fact("database");
  if (database !== undefined) return database;
  throw new HoldfastError("BACKUP_NOT_FOUND", `Cannot find a catalog in "${directory}"`, {
    hint: "Name the database too, or run: holdfast catalog rebuild --directory …",
  });
}

/** Whether a directory has no owner, or this one: by its path, or by its place beside the directory. */
async function belongsTo(directory: string, database: string): Promise<boolean> {
  let owner: string | undefined;
  let beside: string | undefined;
  {
    using catalog = Catalog.openToRead(directory);
    owner = catalog?.fact("database");
    beside = catalog?.fact("relative");
  }
  if (owner === undefined || owner === database) return true;
  // Database and directory moved together: the old path is gone and the new one fits.
  if (beside !== relative(directory, database)) return false;
  return !await isThere(owner);
}

/** The owner that a directory gets, as facts of its catalog. */
export function claim(catalog: Catalog, { database, directory }: Place): void {
  if (catalog.fact("id") === undefined) catalog.setFact("id", crypto.randomUUID());
  if (catalog.fact("database") !== database) catalog.setFact("database", database);
  const beside = relative(directory, database);
  if (catalog.fact("relative") !== beside) catalog.setFact("relative", beside);
}

/**
 * The path with its links resolved, as far as it is there: the engine may touch only what it is
 * told by its real name.
 */
export async function realOrGiven(path: string): Promise<string> {
  const absolute = resolve(path);
  for (let known = absolute;; known = dirname(known)) {
    try {
      return join(await Deno.realPath(known), relative(known, absolute));
    } catch (error) {
      const isAbove = known !== absolute && error instanceof Deno.errors.NotCapable;
      if (isAbove || known === dirname(known)) return absolute;
      if (!isMissing(error) && !(error instanceof Deno.errors.FilesystemLoop)) throw error;
    }
  }
}

function foreign(directory: string, database: string): HoldfastError {
  return new HoldfastError(
    "USAGE",
    `Cannot use "${directory}" for "${database}": it holds the backups of "${
      databaseOf(directory)
    }"`,
    { hint: "Choose another --directory. If the database was moved, add --adopt." },
  );
}
