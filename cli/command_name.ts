/**
 * Which command is called, before anything that knows commands is imported.
 *
 * @module
 */

/** Global options before the command that take a value. */
const withValue: ReadonlySet<string> = new Set(["--config", "--directory"]);

/** The name of the command among the arguments; `undefined` where there is none. */
export function commandNameIn(args: readonly string[]): string | undefined {
  return wordsIn(args).next().value;
}

/** The words that are no options and no values of the global ones: the command comes first. */
export function* wordsIn(args: readonly string[]): Generator<string, undefined> {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "--") return;
    if (withValue.has(arg)) i++;
    else if (!arg.startsWith("-")) yield arg;
  }
}
