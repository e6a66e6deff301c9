/**
 * What is wrong in a configuration file, without using it.
 *
 * @module
 */

import type { ConfigIssue } from "./config_issue.ts";
import { readConfigText } from "./load_config.ts";

/**
 * Everything that is wrong in a configuration file; empty where nothing is. Needs
 * `--allow-read`.
 *
 * @param path The file; a relative path is relative to the current folder.
 * @throws {HoldfastError} `CONFIG_INVALID` where it cannot be read at all.
 *
 * @example
 * ```ts
 * import { checkConfigFile } from "@holdfast/holdfast";
 *
 * const path = await Deno.makeTempFile({ suffix: ".json" });
 * await Deno.writeTextFile(path, '{ "database": "app.db", "verfy": "full" }');
 * const [issue] = await checkConfigFile(path);
 * console.log(issue?.key, issue?.hint); // verfy Did you mean "verify"?
 * await Deno.remove(path);
 * ```
 */
export async function checkConfigFile(path: string): Promise<readonly ConfigIssue[]> {
  const text = await readConfigText(path);
  // The definition costs more to load than a file costs to read: who does not check, waits not.
  const { checkConfig } = await import("./parse_config.ts");
  return await checkConfig(text, path);
}
