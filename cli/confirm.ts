/**
 * Asks before something is changed.
 *
 * @module
 */

import { HoldfastError } from "../core/errors.ts";
import type { Run } from "./session.ts";

/**
 * Shows what would happen and asks whether to go on.
 *
 * @throws {HoldfastError} `USAGE` where nobody can answer.
 */
export async function confirmOnTerminal(
  run: Run,
  { text, what }: { readonly text: string; readonly what: string },
): Promise<boolean> {
  const { screen, canAsk } = run.session;
  run.printer.clear();
  screen.err.write(`${text}\n`);
  if (!canAsk) {
    throw new HoldfastError("USAGE", `Cannot ask whether to ${what}: this is no terminal`, {
      hint: "Add --yes to go on without a question. Nothing was changed.",
    });
  }
  const { ask } = await import("./ask.ts");
  return await ask(run, "Go on?");
}
