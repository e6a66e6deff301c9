/**
 * Pins, remarks and expiry of backups.
 *
 * @module
 */

import { editBackups } from "../../core/edit.ts";
import { HoldfastError } from "../../core/errors.ts";
import { choosePlace } from "../choose_database.ts";
import { escapeText } from "../escape.ts";
import { wallTime } from "../format.ts";
import { parseAhead } from "../parse_when.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { jobOptions } from "./job_options.ts";

/** What is to change. */
export interface EditFlags {
  readonly backups: readonly string[];
  readonly database?: string | undefined;
  readonly pinned?: boolean | undefined;
  readonly text?: string | undefined;
  readonly expires?: string | undefined;
}

/** Changes what the catalog says about backups. */
export async function editVerb(run: Run, verb: string, flags: EditFlags): Promise<Outcome> {
  const { backups, pinned, text, expires } = flags;
  if (pinned === undefined && text === undefined && expires === undefined) {
    throw new HoldfastError("USAGE", "Cannot change anything: neither a remark nor --expires", {
      hint: 'For example: holdfast note latest "as delivered"',
    });
  }
  const place = await choosePlace(run, flags.database);
  const result = await editBackups({
    ...jobOptions(run, place),
    backups,
    pinned,
    note: text === "" ? null : text,
    expiresAt: expiryOf(run, expires),
  });
  const zone = run.clock.zone();
  const lines = result.backups.map(({ name, pinned, note, expiresAt }) => {
    const facts = [
      ...(pinned ? ["pinned"] : []),
      ...(expiresAt === null ? [] : [`kept until ${wallTime(expiresAt, zone)}`]),
      ...(note === null ? [] : [escapeText(note)]),
    ];
    return `${escapeText(name)}  ${facts.length === 0 ? "by the policy" : facts.join(", ")}`;
  });
  return { verb, data: result, text: lines.join("\n") };
}

function expiryOf(run: Run, text: string | undefined): Temporal.Instant | null | undefined {
  if (text === undefined) return undefined;
  return text === "never" ? null : parseAhead(run, text);
}
