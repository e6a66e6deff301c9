/**
 * The printer for programs: events as JSON lines and one result at the end, all on
 * standard output.
 *
 * @module
 */

import { traceOf } from "../core/error_trace.ts";
import type { HoldfastEvent, ProgressEvent } from "../core/events.ts";
import { exitCodeOf } from "./exit_code.ts";
import { type Printer, SHAPE_VERSION } from "./printer.ts";
import type { Screen } from "./screen.ts";

/** Milliseconds between two lines of the same phase. */
const PACE_MS = 100;

/** Makes the printer; `quiet` leaves the events out. */
export function jsonPrinter(
  screen: Screen,
  options: { readonly quiet: boolean; readonly elapsed: () => number },
): Printer {
  const pace = new Pace(options.elapsed);
  const line = (value: unknown): void => screen.out.write(`${JSON.stringify(value)}\n`);
  return {
    event(event) {
      if (!options.quiet && pace.lets(event)) line(event);
    },
    note: (text) => screen.err.write(`${text}\n`),
    result({ verb, data, exitCode = 0 }) {
      line({ type: "result", version: SHAPE_VERSION, verb, ok: exitCode === 0, exitCode, data });
    },
    failure(verb, failed) {
      const { code, message, hint } = failed;
      const trace = traceOf(failed);
      const exitCode = exitCodeOf(code);
      const error = {
        code,
        message,
        ...(hint === undefined ? {} : { hint }),
        ...(trace === undefined ? {} : { trace }),
      };
      line({ type: "result", version: SHAPE_VERSION, verb, ok: false, exitCode, error });
    },
    clear: () => undefined,
  };
}

/** Lets progress through ten times a second, and always its first and its last word. */
class Pace {
  readonly #elapsed: () => number;
  #phase = "";
  #last = 0;

  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  lets(event: HoldfastEvent): boolean {
    if (event.type !== "progress") return true;
    const phase = `${event.job} ${event.phase}`;
    const now = this.#elapsed();
    const due = phase !== this.#phase || isLast(event) || now - this.#last >= PACE_MS;
    if (due) {
      this.#phase = phase;
      this.#last = now;
    }
    return due;
  }
}

function isLast({ done, total }: ProgressEvent): boolean {
  return total !== undefined && done >= total;
}
