/**
 * The printer for people: progress and remarks on standard error, results on
 * standard output.
 *
 * @module
 */

import type { HoldfastEvent, ProgressEvent } from "../core/events.ts";
import { escapeText } from "./escape.ts";
import { paint } from "./paint.ts";
import { errorText, warningText } from "./print_error.ts";
import type { Printer } from "./printer.ts";
import { phaseWords, progressLine } from "./progress_line.ts";
import type { Screen } from "./screen.ts";

/** Milliseconds between two looks of the progress line. */
const FRAME_MS = 100;

/** Makes the printer; `quiet` leaves everything out but results, warnings and errors. */
export function textPrinter(
  screen: Screen,
  options: { readonly quiet: boolean; readonly elapsed: () => number },
): Printer {
  const progress = screen.cursor ? new LiveLine(screen, options.elapsed) : new PhaseLines(screen);
  const line = (text: string): void => {
    progress.clear();
    screen.err.write(`${text}\n`);
  };
  return {
    event(event) {
      if (event.type === "warning") line(warningText(event, screen.color));
      if (event.type === "finished" || event.type === "failed") progress.forget();
      if (options.quiet) return;
      if (event.type === "progress") progress.show(event);
      else if (event.type !== "warning") tell(event, line);
    },
    note: line,
    result({ text, note, failures = [] }) {
      progress.clear();
      if (text !== undefined && text !== "") screen.out.write(`${text}\n`);
      if (note !== undefined && note !== "" && !options.quiet) {
        screen.err.write(`${paint(note, "dim", screen.color)}\n`);
      }
      for (const failed of failures) screen.err.write(`${errorText(failed, screen.color)}\n`);
    },
    failure(_verb, error) {
      progress.clear();
      screen.err.write(`${errorText(error, screen.color)}\n`);
    },
    clear: () => progress.clear(),
  };
}

/** Starts and ends are told by the results; only a retry is worth a line. */
function tell(event: HoldfastEvent, line: (text: string) => void): void {
  if (event.type !== "retrying") return;
  const seconds = Math.round(event.delayMs / 1000);
  line(`${escapeText(event.message)}: try ${event.attempt} in ${seconds} s`);
}

/** One line, drawn again and again; phases that run side by side take turns. */
class LiveLine {
  readonly #screen: Screen;
  readonly #elapsed: () => number;
  readonly #began = new Map<string, number>();
  #drawn = -Infinity;
  #shown = false;

  constructor(screen: Screen, elapsed: () => number) {
    this.#screen = screen;
    this.#elapsed = elapsed;
  }

  show(event: ProgressEvent): void {
    const now = this.#elapsed();
    const phase = `${event.job} ${event.phase}`;
    const began = this.#began.get(phase);
    if (began === undefined) this.#began.set(phase, now);
    else if (now - this.#drawn < FRAME_MS) return;
    this.#drawn = now;
    this.#shown = true;
    const columns = this.#screen.columns();
    const text = progressLine(event, { elapsedMs: now - (began ?? now), columns });
    this.#screen.err.write(`\r\u001b[2K${paint(text, "cyan", this.#screen.color)}`);
  }

  clear(): void {
    if (this.#shown) this.#screen.err.write("\r\u001b[2K");
    this.#shown = false;
  }

  /** A job ended: its phases may come again. */
  forget(): void {
    this.#began.clear();
  }
}

/** One line per phase, for logs. */
class PhaseLines {
  readonly #screen: Screen;
  readonly #seen = new Set<string>();

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  show(event: ProgressEvent): void {
    const item = event.phase === "hook" && event.item !== undefined
      ? ` ${escapeText(event.item)}`
      : "";
    const line = `${phaseWords[event.phase]}${item}`;
    if (this.#seen.has(line)) return;
    this.#seen.add(line);
    this.#screen.err.write(`${line}\n`);
  }

  clear(): void {
    // A line once written stays.
  }

  /** A job ended: its phases may come again. */
  forget(): void {
    this.#seen.clear();
  }
}
