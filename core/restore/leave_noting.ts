/**
 * A write onto the live database that took effect, and whose line in the log could not be
 * written: the disk may be full.
 *
 * @module
 */

import type { Staging } from "../files/staging.ts";
import { asHoldfastError, type Report } from "../report.ts";

/**
 * Leaves the intent to the next command, which writes the line, so that `undo` finds the
 * safety backup; says so.
 */
export function leaveNoting(
  { staging, report }: { readonly staging: Staging; readonly report: Report },
): (cause: unknown) => void {
  return (cause) => {
    staging.leave();
    report.warn({
      code: "NOT_LOGGED",
      message: `This ${report.job} took effect, but is not in the log yet: ${
        asHoldfastError(cause, "INTERNAL").message
      }`,
      hint: "Make room on the disk of the backups: the next command notes it, and undo works then.",
    });
  };
}
