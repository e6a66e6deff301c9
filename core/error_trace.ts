/**
 * Where an error that nobody foresaw came from: what a report of it needs.
 *
 * @module
 */

import { HoldfastError } from "./errors.ts";

/** Characters of a trace that travel at most. */
const MOST = 4_000;

/** The classes by which the language itself tells a defect. */
const defects = [TypeError, RangeError, ReferenceError, SyntaxError, EvalError];

/** What a person wrote wrongly is no defect, whatever a library threw when it read it. */
const writtenWrongly: ReadonlySet<string> = new Set(["USAGE", "CONFIG_INVALID"]);

/**
 * The stack of an error that is a defect, bounded, without control characters but line ends;
 * `undefined` for an error that was foreseen: its message and hint say all.
 */
export function traceOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (!(error instanceof HoldfastError)) return clean(error);
  if (writtenWrongly.has(error.code)) return undefined;
  const { cause, hint } = error;
  // With a hint and no cause it was foreseen: a disk that cannot be read, a killed engine.
  if (error.code === "INTERNAL") return clean(cause ?? (hint === undefined ? error : undefined));
  return defects.some((kind) => cause instanceof kind) ? clean(cause) : undefined;
}

/** An error of another process, made from its trace; it has the place where it happened there. */
export function errorFromTrace(trace: string | undefined): Error | undefined {
  if (trace === undefined) return undefined;
  const [message = ""] = trace.split("\n");
  return Object.assign(new Error(message), { stack: trace });
}

function clean(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const text = error.stack ?? `${error.name}: ${error.message}`;
  return text.slice(0, MOST).replaceAll(/(?!\n)\p{Cc}/gu, " ");
}
