/**
 * Rebuilds the catalog of an empty backup directory from the copies on a target.
 *
 * @module
 */

import { resolve } from "node:path";
import { databaseAt, databaseNamed, databaseNames } from "../../core/config/load_config.ts";
import { HoldfastError } from "../../core/errors.ts";
import { rebuildFromTarget } from "../../core/targets/rebuild_from_target.ts";
import { escapeText } from "../escape.ts";
import { plural } from "../format.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { openNamed } from "../targets/open_targets.ts";

/** The database may be missing: its path tells where its backups are to lie. */
export async function rebuildFromTargetVerb(
  run: Run,
  name: string | undefined,
  flags: { readonly target: string; readonly copies?: string | undefined },
): Promise<Outcome> {
  const config = await run.config();
  const given = name ?? config.file.database;
  if (given === undefined) {
    throw new HoldfastError("USAGE", "Cannot tell where the database is to be: none is named", {
      hint: "Name its path, also where it is missing: holdfast catalog rebuild app.db --from usb",
    });
  }
  const configured = databaseNames(config).includes(given)
    ? await databaseNamed(config, given)
    : await databaseAt(config, resolve(run.session.around.cwd, given));
  await using target = await openNamed(run, configured, flags.target);
  const result = await rebuildFromTarget({
    database: configured.path,
    directory: run.globals.directory ?? configured.settings.directory,
    target,
    copies: flags.copies,
    clock: run.clock,
    signal: run.signal,
    onEvent: run.printer.event,
  });
  return {
    verb: "catalog rebuild",
    data: result,
    text: `${plural(result.backups.length, "backup")} of ${escapeText(flags.target)} in ${
      escapeText(result.directory)
    }`,
    note: `Their files are there: holdfast pull --from ${escapeText(flags.target)} --all, or ` +
      `holdfast restore --target ${escapeText(flags.target)}`,
  };
}
