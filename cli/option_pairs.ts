/**
 * Options that mean something only together with another one, or only without it: nobody
 * should believe that an option did what it could not do.
 *
 * @module
 */

import { HoldfastError } from "../core/errors.ts";

/** What goes with an option. */
export interface OptionPairs {
  /** The option that the others are judged by: `target`. */
  readonly option: string;
  /** Those that need it. */
  readonly only?: readonly string[] | undefined;
  /** Those that mean nothing with it. */
  readonly never?: readonly string[] | undefined;
}

/** @throws {HoldfastError} `USAGE` for the first that does not go together. */
export function refuseStrangePairs(
  options: Readonly<Record<string, unknown>>,
  { option, only = [], never = [] }: OptionPairs,
): void {
  const isThere = options[option] !== undefined;
  const wrong = (isThere ? never : only).find((name) => options[name] !== undefined);
  if (wrong === undefined) return;
  const how = isThere ? "together with" : "without";
  throw new HoldfastError("USAGE", `Cannot use ${flagOf(wrong)} ${how} ${flagOf(option)}`, {
    hint: isThere ? "Leave one of them away." : `Add ${flagOf(option)}, or leave it away.`,
  });
}

function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
