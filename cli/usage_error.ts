/**
 * The command parser's errors as ours.
 *
 * @module
 */

import type { CommanderError } from "@commander-js/extra-typings";
import { HoldfastError } from "../core/errors.ts";

/** The error as `USAGE`, its suggestion as the hint. */
export function usageError(error: CommanderError, command: string): HoldfastError {
  const text = error.message.replace(/^error: /, "");
  if (error.code === "commander.help") {
    const message = `Cannot run "holdfast ${command}" alone: say what it is to do`;
    return new HoldfastError("USAGE", message, { hint: help(command), cause: error });
  }
  const suggestion = /\s*\((Did you mean [^)]*\?)\)\s*$/.exec(text);
  const message = (suggestion === null ? text : text.slice(0, suggestion.index)).trim();
  return new HoldfastError("USAGE", sentence(message), {
    hint: suggestion === null ? help(command) : suggestion[1],
    cause: error,
  });
}

function help(command: string): string {
  return `holdfast${command === "" ? "" : ` ${command}`} --help shows what there is.`;
}

/** Our messages begin with a capital, say what cannot be done and end without a period. */
function sentence(message: string): string {
  const plain = message.replace(/\.$/, "").replaceAll("'", '"');
  return `Cannot run this: ${plain}`;
}
