/**
 * Verifies copies on a target and says of each whether it is good.
 *
 * @module
 */

import { parseSample, verifyCopies } from "../../core/targets/verify_copies.ts";
import { escapeText } from "../escape.ts";
import { exitCodeOf } from "../exit_code.ts";
import { plural } from "../format.ts";
import { paint } from "../paint.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { type TargetFlags, withCopies } from "../targets/copies_options.ts";

/** Verifies the named copies, a sample, or all. */
export async function verifyCopiesVerb(
  run: Run,
  names: readonly string[],
  flags: TargetFlags & {
    readonly sample?: string | undefined;
    readonly download?: boolean | undefined;
  },
): Promise<Outcome> {
  const samplePercent = flags.sample === undefined ? undefined : parseSample(flags.sample);
  const backups = names.length > 0 ? names : undefined;
  const result = await withCopies(
    run,
    flags,
    (options) => verifyCopies({ ...options, backups, samplePercent, download: flags.download }),
  );
  const { color } = run.session.screen;
  const sign = (ok: boolean): string =>
    ok ? paint("good", "green", color) : paint("BAD", "red", color);
  const lines = [
    ...result.copies.flatMap(({ ok, name, by, fault }) => [
      `${sign(ok).padEnd(4)}  ${escapeText(name)}  by ${by}`,
      ...fault === null ? [] : [`      ${escapeText(fault)}`],
    ]),
    ...result.gone.map((name) => `${sign(false)}   ${escapeText(name)}  it is gone`),
  ];
  const bad = result.copies.filter(({ ok }) => !ok).length + result.gone.length;
  return {
    verb: "verify",
    data: result,
    text: lines.length === 0 ? "No copies." : lines.join("\n"),
    note: bad === 0
      ? `${plural(result.copies.length, "backup")} verified on ${escapeText(flags.target)}`
      : `${bad} bad: holdfast push sends them again`,
    exitCode: result.ok ? 0 : exitCodeOf("BACKUP_INVALID"),
  };
}
