/**
 * Questions on the terminal: the only code that knows the prompt library.
 *
 * @module
 */

import process from "node:process";
import { HoldfastError } from "../core/errors.ts";
import type { Run } from "./session.ts";

/** Asks yes or no; no is the default. Ctrl-C or escape throws `CANCELLED`. */
export async function ask(run: Run, question: string): Promise<boolean> {
  const clack = await import("@clack/prompts");
  const answer = await clack.confirm({
    message: question,
    initialValue: false,
    output: process.stderr,
    signal: run.signal,
  });
  if (typeof answer === "boolean") return answer;
  throw cancelled();
}

/** Asks for a line of text. */
export async function askText(
  run: Run,
  question: { readonly message: string; readonly initial?: string | undefined },
): Promise<string> {
  const clack = await import("@clack/prompts");
  const answer = await clack.text({
    message: question.message,
    initialValue: question.initial ?? "",
    output: process.stderr,
    signal: run.signal,
    validate: (
      value,
    ) => (value === undefined || value.trim() === "" ? "Something is needed here" : undefined),
  });
  if (typeof answer === "string") return answer;
  throw cancelled();
}

/** Asks for some of several things. */
export async function askSeveral(
  run: Run,
  question: { readonly message: string; readonly options: readonly string[] },
): Promise<readonly string[]> {
  const clack = await import("@clack/prompts");
  const answer = await clack.multiselect({
    message: question.message,
    options: question.options.map((value) => ({ value, label: value })),
    required: true,
    output: process.stderr,
    signal: run.signal,
  });
  if (Array.isArray(answer)) return answer;
  throw cancelled();
}

function cancelled(): HoldfastError {
  return new HoldfastError("CANCELLED", "Stopped at the question: nothing was changed");
}

/** Asks for a secret, without showing it; an empty answer is `undefined`. */
export async function askSecret(run: Run, message: string): Promise<string | undefined> {
  const clack = await import("@clack/prompts");
  const answer = await clack.password({ message, output: process.stderr, signal: run.signal });
  if (typeof answer === "string") return answer === "" ? undefined : answer;
  if (answer === undefined) return undefined;
  throw cancelled();
}
