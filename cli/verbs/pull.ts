/**
 * Fetches copies from a target into the backup directory.
 *
 * @module
 */

import { HoldfastError } from "../../core/errors.ts";
import { pull } from "../../core/targets/pull.ts";
import { escapeText } from "../escape.ts";
import { plural } from "../format.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { type TargetFlags, withCopies } from "../targets/copies_options.ts";

/** The options of the command. */
export interface PullFlags extends Omit<TargetFlags, "target"> {
  readonly from?: string | undefined;
  readonly all?: boolean | undefined;
}

/** Fetches the named copies, the newest, or all. */
export async function pullVerb(
  run: Run,
  names: readonly string[],
  given: PullFlags,
): Promise<Outcome> {
  if (given.from === undefined) {
    throw new HoldfastError("USAGE", "Cannot tell where to fetch from: no target is named", {
      hint: "Name one: --from usb, or a place: --from folder:/media/usb",
    });
  }
  const flags = { ...given, target: given.from };
  if (flags.all === true && names.length > 0) {
    throw new HoldfastError("USAGE", "Cannot fetch --all and named copies at once", {
      hint: "Leave one of them away.",
    });
  }
  const backups = names.length > 0 ? names : undefined;
  const result = await withCopies(
    run,
    flags,
    (options) => pull({ ...options, backups, all: flags.all }),
  );
  const lines = result.backups.map(({ path, already }) =>
    `${escapeText(path)}${already ? " was here already" : ""}`
  );
  const came = result.backups.filter(({ already }) => !already).length;
  return {
    verb: "pull",
    data: result,
    text: lines.join("\n"),
    note: `${plural(came, "backup")} fetched from ${escapeText(flags.target)}`,
  };
}
