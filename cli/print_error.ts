/**
 * Errors and warnings as people read them: what happened, and what to do now.
 *
 * @module
 */

import { traceOf } from "../core/error_trace.ts";
import { escapeLines, escapeText } from "./escape.ts";
import { paint } from "./paint.ts";
import type { Failure } from "./printer.ts";

/**
 * An error in one to three lines: `error CODE: message`, then the hint; below them, for a
 * defect only, where it came from.
 */
export function errorText(
  error: Failure,
  color: boolean,
): string {
  const head = `${paint("error", "red", color)} ${error.code}: ${escapeText(error.message)}`;
  const trace = traceOf(error);
  const place = trace === undefined ? [] : [paint(escapeLines(trace), "dim", color)];
  return [head, ...hintLine(error.hint), ...place].join("\n");
}

/** A warning in one or two lines. */
export function warningText(
  warning: { readonly message: string; readonly hint?: string | undefined },
  color: boolean,
): string {
  const head = `${paint("warning", "yellow", color)}: ${escapeText(warning.message)}`;
  return [head, ...hintLine(warning.hint)].join("\n");
}

function hintLine(hint: string | undefined): string[] {
  return hint === undefined ? [] : [`  ${escapeText(hint)}`];
}
