/**
 * Whether a terminal can show the UI at all.
 *
 * @module
 */

import { HoldfastError } from "../../mod.ts";

/** What is known of the terminal. */
export interface TerminalFacts {
  /** Keys come from a terminal. */
  readonly stdinIsTerminal: boolean;
  /** The screen is one. */
  readonly stdoutIsTerminal: boolean;
  /** The variable TERM. */
  readonly term: string | undefined;
}

/**
 * The reason why the UI cannot open here, as an error that names the plain commands;
 * `undefined` where it can.
 */
export function refuseTerminal(facts: TerminalFacts): HoldfastError | undefined {
  const why = !facts.stdinIsTerminal
    ? "the input is no terminal"
    : !facts.stdoutIsTerminal
    ? "the output is no terminal"
    : facts.term === "dumb"
    ? "TERM=dumb says that the terminal cannot move its cursor"
    : undefined;
  if (why === undefined) return undefined;
  return new HoldfastError("USAGE", `Cannot open the terminal UI: ${why}`, {
    hint: "The plain commands do the same: holdfast backup, list, restore, undo (see --help).",
  });
}
