/**
 * The examples of a command, read back from its help.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";

/** Each as it is typed, with what it does. */
export function examplesOf(
  command: CommandUnknownOpts,
): readonly (readonly [typed: string, what: string])[] {
  let help = "";
  const before = command.configureOutput();
  command.configureOutput({
    ...before,
    writeOut: (text) => help += text,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  command.configureOutput(before);
  return [...help.matchAll(/^ {2}\$ (.+)\n {6}(.+)$/gm)]
    .map(([, typed = "", what = ""]) => [typed, what]);
}
