/**
 * Where a target stands in the configuration file.
 *
 * @module
 */

import { findConfig } from "../../core/config/find_config.ts";
import { nearestWord } from "../../core/extend/nearest_word.ts";
import { HoldfastError } from "../../core/errors.ts";
import type { Run } from "../session.ts";

/** The file that is changed. @throws {HoldfastError} `CONFIG_INVALID` where there is none. */
export async function configFileOf(run: Run, what = "targets"): Promise<string> {
  const found = await findConfig(run.session.around, run.globals.config);
  if (found !== undefined) return found.path;
  throw new HoldfastError(
    "CONFIG_INVALID",
    `Cannot change the ${what}: there is no configuration`,
    {
      hint: "Write one first: holdfast init",
    },
  );
}

/**
 * The key of a target: at the top, for every database, or in one of `databases`.
 *
 * @throws {HoldfastError} `USAGE` where it is missing, or, when new, there already.
 */
export async function targetKey(
  run: Run,
  name: string,
  { database, isNew }: {
    readonly database?: string | undefined;
    readonly isNew?: boolean | undefined;
  },
): Promise<string> {
  const { file } = await run.config();
  const own = database === undefined ? file.targets : file.databases?.[database]?.targets;
  const key = database === undefined ? `targets.${name}` : `databases.${database}.targets.${name}`;
  const isThere = own?.[name] !== undefined;
  if (isNew === true && isThere) {
    throw new HoldfastError("USAGE", `Cannot add the target "${name}": there is one of that name`, {
      hint: `Sign in anew: holdfast target connect ${name}. Replace it: add --force. ` +
        "Or choose another name.",
    });
  }
  if (isNew === undefined && !isThere) {
    const near = nearestWord(name, Object.keys(own ?? {}));
    throw new HoldfastError("USAGE", `Cannot find the target "${name}" in the configuration`, {
      hint: near === undefined ? "holdfast target list shows them." : `Did you mean "${near}"?`,
    });
  }
  return key;
}
