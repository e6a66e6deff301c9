/**
 * The formats that packed backups may have, as a caller hands them in.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";
import type { Format } from "../extend/format.ts";

/**
 * Formats, or how to come by those that a file of some name may have: a plugin is then
 * loaded when a packed backup is met, and no sooner.
 */
export type Formats =
  | readonly Format[]
  | ((file: string) => Promise<readonly Format[]>);

/** The format of a file, by the end of its name; `undefined` for a plain database. */
export async function formatOf(
  file: string,
  formats: Formats | undefined,
): Promise<Format | undefined> {
  const known = typeof formats === "function" ? await formats(file) : formats ?? [];
  return known.find(({ suffix }) => file.toLowerCase().endsWith(suffix));
}

/**
 * The format that backups are packed with, by its name.
 *
 * @throws {HoldfastError} `PLUGIN_INVALID` where it was not handed in.
 */
export async function formatNamed(name: string, formats: Formats | undefined): Promise<Format> {
  const format = await formatOf(`x.${name}`, formats);
  if (format !== undefined) return format;
  throw new HoldfastError("PLUGIN_INVALID", `Cannot find the format "${name}"`, {
    hint: "Formats come from plugins: hand them in as `formats`.",
  });
}
