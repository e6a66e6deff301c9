/**
 * Where an export goes, and how it gets there whole.
 *
 * @module
 */

import { basename, dirname, extname, join, resolve } from "node:path";
import { HoldfastError } from "../errors.ts";
import { makePrivateDir, syncDir, unfinishedPrefix } from "../files/atomic_file.ts";
import { isDirectory, isFile } from "../files/is_file.ts";
import { SIDECARS } from "../database_file.ts";

/** The list of files that an export of tables has; a folder without it is not replaced. */
export const EXPORT_LIST = "export.json";

/** What decides the name. */
export interface OutputChoice {
  /** A file or folder, as it was said. */
  readonly output?: string | undefined;
  readonly format: string;
  /** The name of the database. */
  readonly database: string;
  /** The instant of the content. */
  readonly at: Temporal.Instant;
  readonly zone: string;
}

/** `<database>_backup_<date>.db`; a folder for the other formats. In an existing folder, inside it. */
export async function outputPath(choice: OutputChoice): Promise<string> {
  const { output, format, database, at, zone } = choice;
  const date = at.toZonedDateTimeISO(zone).toPlainDate().toString();
  const base = basename(database, extname(database));
  const name = format === "db" ? `${base}_backup_${date}.db` : `${base}_backup_${date}_${format}`;
  if (output === undefined) return resolve(name);
  const path = resolve(output);
  const inside = /[/\\]$/.test(output) || await isDirectory(path);
  const isEarlier = format !== "db" && await isFile(join(path, EXPORT_LIST));
  return inside && !isEarlier ? join(path, name) : path;
}

/** @throws {HoldfastError} `DESTINATION_EXISTS` where something is there that may not be replaced. */
export async function refuseExisting(path: string, force: boolean): Promise<void> {
  const refuse = (what: string, hint: string): HoldfastError =>
    new HoldfastError("DESTINATION_EXISTS", `Cannot export to "${path}": ${what}`, { hint });
  for (const suffix of SIDECARS) {
    if (!await isThere(`${path}${suffix}`)) continue;
    throw refuse(`"${path}${suffix}" is there`, "A database is in use there: choose another path.");
  }
  if (!await isThere(path)) return;
  const replaceable = await isFile(path) || await isFile(join(path, EXPORT_LIST));
  if (!replaceable) {
    throw refuse("it is there and no export", "Choose another --output.");
  }
  if (!force) throw refuse("it is there", "Choose another --output, or add --force to replace it.");
}

/** A private folder beside the output, on the same disk; gone when it is disposed of. */
export async function workFolder(output: string): Promise<AsyncDisposable & { path: string }> {
  const path = join(dirname(output), `${unfinishedPrefix}${crypto.randomUUID()}`);
  await makePrivateDir(dirname(output));
  await makePrivateDir(path);
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

/** Gives what is finished its name; what had it before goes with the work folder. */
export async function putInPlace(
  finished: string,
  output: string,
  work: { readonly path: string },
): Promise<void> {
  if (await isDirectory(output)) await Deno.rename(output, join(work.path, "replaced"));
  await Deno.rename(finished, output);
  await syncDir(dirname(output));
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw error;
  }
}
