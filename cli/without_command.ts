/**
 * What happens without a command.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Session } from "./session.ts";

/**
 * Prints the help on standard error and ends with 2: nothing was asked for.
 *
 * On a terminal (`session.canAsk`, and standard output is one) this is where the
 * terminal UI opens.
 */
export function withoutCommand(session: Session, program: CommandUnknownOpts): void {
  session.screen.err.write(`${program.helpInformation()}\n`);
  session.exitCode = 2;
}
