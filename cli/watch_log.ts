/**
 * The log of the process that stays: a line of text or of JSON for each thing it did.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import type { ErrorCode } from "../core/errors.ts";
import { escapeText } from "./escape.ts";
import type { Screen } from "./screen.ts";

/** One line. */
export interface WatchLine {
  readonly level: "info" | "warning" | "error";
  /** The database, by name or path; absent for the process itself. */
  readonly database?: string | undefined;
  readonly message: string;
  readonly code?: ErrorCode | undefined;
  readonly hint?: string | undefined;
  readonly reason?: string | undefined;
}

/** Writes lines to standard output. */
export type WatchLog = (line: WatchLine) => void;

/** Makes the log; `quiet` leaves out what is only information. */
export function watchLog(
  screen: Screen,
  { json, quiet, clock }: {
    readonly json: boolean;
    readonly quiet: boolean;
    readonly clock: Clock;
  },
): WatchLog {
  return (line) => {
    if (quiet && line.level === "info") return;
    const now = clock.now();
    if (json) {
      const at = now.toString({ fractionalSecondDigits: 3 });
      return screen.out.write(`${JSON.stringify({ type: "watch", at, ...line })}\n`);
    }
    const at = now.toZonedDateTimeISO(clock.zone()).toString({
      smallestUnit: "second",
      timeZoneName: "never",
    });
    const level = line.level === "info" ? "" : `${line.level.toUpperCase()}: `;
    const code = line.code === undefined ? "" : ` (${line.code})`;
    const hint = line.hint === undefined ? "" : ` ${escapeText(line.hint)}`;
    const database = line.database === undefined ? "" : `${escapeText(line.database)}: `;
    screen.out.write(`${at} ${database}${level}${escapeText(line.message)}${code}.${hint}\n`);
  };
}
