/**
 * Asks before backups are deleted.
 *
 * @module
 */

import { HoldfastError } from "../../core/errors.ts";
import type { Run } from "../session.ts";

/** Asks on the terminal; without one that is an error, and nothing was changed. */
export async function confirmed(
  run: Run,
  { what, shown, question }: {
    readonly what: string;
    readonly shown?: string | undefined;
    readonly question: string;
  },
): Promise<boolean> {
  run.printer.clear();
  if (shown !== undefined) run.session.screen.err.write(`${shown}\n`);
  if (!run.session.canAsk) {
    throw new HoldfastError("USAGE", `Cannot ask whether to ${what}: this is no terminal`, {
      hint: "Add --yes to go on without a question. Nothing was changed.",
    });
  }
  const { ask } = await import("../ask.ts");
  return await ask(run, question);
}
