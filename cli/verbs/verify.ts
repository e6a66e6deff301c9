/**
 * Verifies backups and says of each whether it is good.
 *
 * @module
 */

import type { GivenSettings } from "../../core/config/given_settings.ts";
import { HoldfastError } from "../../core/errors.ts";
import { type VerifiedBackup, verify } from "../../core/verify.ts";
import { choosePlace } from "../choose_database.ts";
import { escapeText } from "../escape.ts";
import { exitCodeOf } from "../exit_code.ts";
import { plural } from "../format.ts";
import { paint } from "../paint.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { formatsOf } from "../targets/open_formats.ts";

/** The options of the command. */
export interface VerifyFlags {
  readonly all?: boolean | undefined;
  readonly deep?: boolean | undefined;
  readonly database?: string | undefined;
  readonly verify?: "none" | "quick" | "full" | undefined;
  readonly expectTable?: readonly string[] | undefined;
  readonly assert?: readonly string[] | undefined;
}

/** Verifies the named backups, the newest, or all. */
export async function verifyVerb(
  run: Run,
  names: readonly string[],
  flags: VerifyFlags,
): Promise<Outcome> {
  if (flags.all === true && names.length > 0) {
    throw new HoldfastError("USAGE", "Cannot verify --all and named backups at once", {
      hint: "Leave one of them away.",
    });
  }
  const settings: GivenSettings = {
    ...(flags.verify === undefined ? {} : { verify: flags.verify }),
    ...(flags.expectTable === undefined ? {} : { expectTables: flags.expectTable }),
    ...(flags.assert === undefined ? {} : { assertions: flags.assert }),
  };
  const place = await choosePlace(run, flags.database, settings);
  const { expectTables, assertions } = (await place.configured()).settings;
  const result = await verify({
    database: place.database,
    directory: place.directory,
    formats: formatsOf(run),
    ...(names.length > 0 ? { backups: names } : {}),
    all: flags.all,
    deep: flags.deep,
    verify: flags.verify ?? "full",
    expectTables,
    assertions,
    clock: run.clock,
    signal: run.signal,
    onEvent: run.printer.event,
  });
  const bad = result.backups.filter(({ ok }) => !ok).length;
  return {
    verb: "verify",
    data: result,
    text: result.backups.map((found) => foundLine(found, run.session.screen.color)).join("\n"),
    note: bad === 0
      ? `${plural(result.backups.length, "backup")} verified`
      : `${bad} of ${plural(result.backups.length, "backup")} bad`,
    exitCode: result.ok ? 0 : exitCodeOf("BACKUP_INVALID"),
  };
}

/** What was found of one backup, with its faults below. */
export function foundLine({ name, ok, proof, faults }: VerifiedBackup, color: boolean): string {
  const sign = ok ? paint("good", "green", color) : paint("BAD", "red", color);
  const head = `${sign.padEnd(4)}  ${escapeText(name)}  ${proof}`;
  return [head, ...faults.map((fault) => `      ${escapeText(fault)}`)].join("\n");
}
