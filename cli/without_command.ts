/**
 * What happens without a command.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { HoldfastError } from "../core/errors.ts";
import { globalsOf } from "./command.ts";
import type { Session } from "./session.ts";

/**
 * On a terminal the terminal UI opens. Elsewhere the help is printed on standard error,
 * and the run ends with 2: nothing was asked for.
 */
export async function withoutCommand(session: Session, program: CommandUnknownOpts): Promise<void> {
  const { canAsk, screen } = session;
  if (canAsk && screen.out.isTerminal) {
    const { openSession } = await import("./tui/open_session.ts");
    return await openSession(session, globalsOf(program));
  }
  if (session.json) {
    throw new HoldfastError("USAGE", "Cannot do anything: no command is named", {
      hint: "holdfast --help shows the commands.",
    });
  }
  screen.err.write(`${program.helpInformation()}\n`);
  session.exitCode = 2;
}
