/**
 * Where a target stands in the configuration file.
 *
 * @module
 */

import { findConfig } from "../../core/config/find_config.ts";
import type { GivenTarget } from "../../core/config/given_settings.ts";
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

/** The targets of one place of the file: at the top, or of one of `databases`. */
export async function targetsIn(
  run: Run,
  database: string | undefined,
): Promise<Readonly<Record<string, GivenTarget>> | undefined> {
  const { file } = await run.config();
  return database === undefined ? file.targets : file.databases?.[database]?.targets;
}

/** Whether another place of the file has a target of that name: they share what is kept here. */
export async function isNamedElsewhere(
  run: Run,
  name: string,
  database: string | undefined,
): Promise<boolean> {
  const { file } = await run.config();
  const others = Object.entries(file.databases ?? {}).filter(([each]) => each !== database)
    .map(([, { targets }]) => targets);
  return [...others, ...database === undefined ? [] : [file.targets]]
    .some((targets) => targets?.[name] !== undefined);
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
  const own = await targetsIn(run, database);
  const key = database === undefined ? `targets.${name}` : `databases.${database}.targets.${name}`;
  const isThere = own?.[name] !== undefined;
  if (isNew === true && isThere) {
    throw new HoldfastError("USAGE", `Cannot add the target "${name}": there is one of that name`, {
      hint: `Sign in anew: holdfast target connect ${name}. Change it: add --force. ` +
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
