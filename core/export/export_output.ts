/**
 * Where an export goes, and how it gets there whole.
 *
 * @module
 */

import { basename, dirname, extname, join, resolve } from "node:path";
import { HoldfastError } from "../errors.ts";
import { makePrivateDir, syncDir } from "../files/atomic_file.ts";
import { exists, isDirectory, isFile } from "../files/is_file.ts";
import { Staging, sweepBeside } from "../files/staging.ts";
import { SIDECARS } from "../database_file.ts";
import type { Report } from "../report.ts";

/** The list of files that an export of tables has; a folder without it is not replaced. */
export const EXPORT_LIST = "export.json";

/** Where an earlier export lies while the new one takes its place. */
const REPLACED = "replaced";

/** What decides the name. */
export interface OutputChoice {
  /** A file or folder, as it was said. */
  readonly output?: string | undefined;
  /** What follows the date: `.db`, `.zip` for a file, `_csv` for a folder. */
  readonly suffix: string;
  /** The name of the database. */
  readonly database: string;
  /** The instant of the content. */
  readonly at: Temporal.Instant;
  readonly zone: string;
}

/** `<database>_backup_<date>.db`; a folder for tables. In an existing folder, inside it. */
export async function outputPath(choice: OutputChoice): Promise<string> {
  const { output, suffix, database, at, zone } = choice;
  const date = at.toZonedDateTimeISO(zone).toPlainDate().toString();
  const name = `${basename(database, extname(database))}_backup_${date}${suffix}`;
  if (output === undefined) return resolve(name);
  const path = resolve(output);
  const inside = /[/\\]$/.test(output) || await isDirectory(path);
  const isFolder = !suffix.startsWith(".");
  const isEarlier = isFolder && await isFile(join(path, EXPORT_LIST));
  return inside && !isEarlier ? join(path, name) : path;
}

/** @throws {HoldfastError} `DESTINATION_EXISTS` where something is there that may not be replaced. */
export async function refuseExisting(path: string, force: boolean): Promise<void> {
  const refuse = (what: string, hint: string): HoldfastError =>
    new HoldfastError("DESTINATION_EXISTS", `Cannot export to "${path}": ${what}`, { hint });
  for (const suffix of SIDECARS) {
    if (!await exists(`${path}${suffix}`)) continue;
    throw refuse(`"${path}${suffix}" is there`, "A database is in use there: choose another path.");
  }
  if (!await exists(path)) return;
  const replaceable = await isFile(path) || await isFile(join(path, EXPORT_LIST));
  if (!replaceable) {
    throw refuse("it is there and no export", "Choose another --output.");
  }
  if (!force) throw refuse("it is there", "Choose another --output, or add --force to replace it.");
}

/**
 * A private folder beside the output, on the same disk; gone when it is disposed of. What killed
 * exports left there goes first.
 */
export async function workFolder(output: string, report: Report): Promise<Staging> {
  const folder = dirname(output);
  await makePrivateDir(folder);
  const swept = await sweepBeside(folder, putBack);
  if (swept > 0) {
    report.warn({
      code: "LEFTOVERS_REMOVED",
      message: `Exports into "${folder}" had been interrupted: what ${swept} of them left is gone`,
      hint: "Export them again.",
    });
  }
  return await Staging.beside(folder);
}

/** Gives what is finished its name; what had it before goes with the work folder. */
export async function putInPlace(finished: string, output: string, work: Staging): Promise<void> {
  if (await isDirectory(output)) {
    const replaced = work.file(REPLACED);
    await makePrivateDir(replaced);
    await Deno.rename(output, join(replaced, basename(output)));
  }
  await Deno.rename(finished, output);
  await syncDir(dirname(output));
}

/** A folder cannot be replaced in one step: a kill in between must not lose the earlier export. */
async function putBack(work: string): Promise<true> {
  const replaced = join(work, REPLACED);
  if (!await isDirectory(replaced)) return true;
  for await (const { name } of Deno.readDir(replaced)) {
    const output = join(dirname(work), name);
    if (!await exists(output)) await Deno.rename(join(replaced, name), output);
  }
  return true;
}
