/**
 * ZIP archives for programs that use the library, without a configuration.
 *
 * @module
 */

import type { Format } from "../../core/extend/mod.ts";
import { zipFormat } from "./zip_format.ts";

/** What {@linkcode zipArchives} is given. */
export interface ZipArchivesOptions {
  /** 1 (fast) to 9 (small); 6 by default. */
  readonly level?: number | undefined;
  /** Encrypts new archives with AES-256, and opens those that are. */
  readonly password?: string | undefined;
}

/**
 * The `formats` of the verbs of the library, for backups with files.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, restore } from "@holdfast/holdfast";
 * import { zipArchives } from "@holdfast/holdfast/plugins/zip";
 *
 * const dir = await Deno.makeTempDir();
 * const database = `${dir}/app.db`;
 * using app = new DatabaseSync(database);
 * app.exec("CREATE TABLE works (title TEXT)");
 * await Deno.writeTextFile(`${dir}/prefs.json`, "{}");
 *
 * const formats = await zipArchives({ password: "correct horse" });
 * await backup({ database, formats, include: ["prefs.json"] });
 * await Deno.remove(`${dir}/prefs.json`);
 * await restore({ database, formats });
 * console.log(await Deno.readTextFile(`${dir}/prefs.json`)); // {}
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function zipArchives(
  { level = 6, password }: ZipArchivesOptions = {},
): Promise<readonly Format[]> {
  const nothing = (): Promise<undefined> => Promise.resolve(undefined);
  return [
    await zipFormat.create({
      name: "zip",
      settings: { level },
      secrets: { get: () => Promise.resolve(password) },
      state: { get: nothing, set: nothing, delete: nothing },
      signal: new AbortController().signal,
    }),
  ];
}
