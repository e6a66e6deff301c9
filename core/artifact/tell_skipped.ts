/**
 * Tells which files that were asked for are not in a backup, and which were not at rest.
 *
 * @module
 */

import type { SkippedFile, SkipReason } from "../files/included_files.ts";
import type { StagedFile } from "../files/stage_included.ts";
import type { Report } from "../report.ts";

/** Why a file is not in it, as people say it. */
const words: Readonly<Record<SkipReason, string>> = {
  missing: "is not there",
  outside: "is not below the database's folder",
  link: "is a symbolic link",
  special: "is no regular file",
  unreadable: "cannot be read",
  name: "has a name that other systems cannot take",
  twin: "has a name that many systems take for that of another",
  database: "is a database in use",
};

/** Files that are named in a warning. */
const SHOWN = 5;

/** Warns of them. */
export function tellSkipped(
  files: readonly StagedFile[],
  skipped: readonly SkippedFile[],
  report: Report,
): void {
  if (skipped.length > 0) {
    const shown = skipped.slice(0, SHOWN).map(({ name, why }) => `"${name}" ${words[why]}`);
    const more = skipped.length > SHOWN ? `, and ${skipped.length - SHOWN} more` : "";
    report.warn({
      code: "FILES_NOT_INCLUDED",
      message: `Files that belong to the database are not in the backup: ${
        shown.join("; ")
      }${more}`,
      hint: "The database itself is. Correct include and exclude, or the references.",
    });
  }
  const unsettled = files.filter((file) => file.unsettled).map(({ name }) => name);
  if (unsettled.length > 0) {
    report.warn({
      code: "FILES_UNSETTLED",
      message: `Files changed each time they were read: ${unsettled.slice(0, SHOWN).join(", ")}${
        unsettled.length > SHOWN ? `, and ${unsettled.length - SHOWN} more` : ""
      }`,
      hint: "Their copies may mix two states: take another backup while nothing writes to them.",
    });
  }
}
