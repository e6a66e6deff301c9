/**
 * How every command is made: the same global options, errors and help.
 *
 * @module
 */

import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { nearestWord } from "../core/extend/nearest_word.ts";
import type { Globals, Session } from "./session.ts";

/** One example: the command as it is typed, and what it does. */
export type Example = readonly [command: string, what: string];

/** What a command says about itself. */
export interface CommandText {
  readonly name: string;
  /** One sentence without a final period, for the list of commands. */
  readonly summary: string;
  /** More sentences, for its own help. */
  readonly about?: string | undefined;
  readonly examples?: readonly Example[] | undefined;
}

const globalGroup = "Global options:";

/** A command with the global options; subcommands are added by the caller. */
// deno-lint-ignore explicit-function-return-type explicit-module-boundary-types -- the type carries its options
export function newCommand(session: Session, text: CommandText) {
  const { screen } = session;
  const option = (flags: string, description: string): Option =>
    new Option(flags, description).helpGroup(globalGroup);
  return new Command(text.name)
    .summary(text.summary)
    .description([`${text.summary}.`, ...(text.about === undefined ? [] : [text.about])].join(" "))
    .exitOverride()
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (help) => screen.out.write(help),
      writeErr: () => undefined,
      getOutHelpWidth: () => screen.columns(),
      getErrHelpWidth: () => screen.columns(),
    })
    .configureHelp({ sortOptions: false, subcommandTerm: (sub) => sub.name() })
    .helpOption("-h, --help", "Shows this help")
    .helpCommand(false)
    .addOption(option("--config <file>", "The configuration file").argParser(notEmpty))
    .addOption(option("--directory <folder>", "The backup directory").argParser(notEmpty))
    .addOption(option("--json", "Prints events and the result as JSON lines"))
    .addOption(option("-q, --quiet", "Prints only results, warnings and errors"))
    .addOption(option("--no-color", "Prints without colours"))
    .addHelpText("after", examplesText(text.examples ?? []));
}

/** The examples as the help shows them. */
function examplesText(examples: readonly Example[]): string {
  if (examples.length === 0) return "";
  const lines = examples.map(([command, what]) => `  $ ${command}\n      ${what}`);
  return `\nExamples:\n${lines.join("\n")}`;
}

/** What looks like a command: enough of it to read its global options. */
interface CommandLike {
  opts(): Readonly<Record<string, unknown>>;
  readonly parent?: CommandLike | null | undefined;
}

/** The global options as they hold for a command: its own, or those before its name. */
export function globalsOf(command: CommandLike): Globals {
  return { config: lookUp(command, "config"), directory: lookUp(command, "directory") };
}

function lookUp(command: CommandLike, name: string): string | undefined {
  for (let at: CommandLike | null | undefined = command; at; at = at.parent) {
    const value = at.opts()[name];
    if (typeof value === "string") return value;
  }
  return undefined;
}

/** An option that takes one of a few words; another one gets a suggestion. */
export function choiceOption<const Flags extends string, Word extends string>(
  flags: Flags,
  description: string,
  words: readonly Word[],
  // deno-lint-ignore explicit-function-return-type -- the type carries the words
) {
  return new Option(flags, description)
    .choices(words)
    .argParser(oneOf(words));
}

/** Reads one of a few words; another one gets a suggestion. */
export function oneOf<const Word extends string>(words: readonly Word[]): (value: string) => Word {
  return (value) => {
    const word = words.find((each) => each === value);
    if (word !== undefined) return word;
    const near = nearestWord(value, words);
    const hint = near === undefined ? "" : ` (Did you mean ${near}?)`;
    throw new InvalidArgumentError(`Wanted is one of ${words.join(", ")}.${hint}`);
  };
}

/** A path: an empty one would mean the current folder, which nobody says so. */
function notEmpty(value: string): string {
  if (value !== "") return value;
  throw new InvalidArgumentError("It is empty: is a variable of the shell not set?");
}

/** Collects a repeated option into a list. */
export function collect(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** A whole number from `min` to `max`. */
export function wholeNumber(min: number, max = Infinity): (value: string) => number {
  const wanted = max === Infinity ? `from ${min}` : `from ${min} to ${max}`;
  return (value) => {
    const number = Number(value);
    const isWhole = /^\d+$/.test(value) && Number.isSafeInteger(number);
    if (isWhole && number >= min && number <= max) return number;
    throw new InvalidArgumentError(`Wanted is a whole number ${wanted}.`);
  };
}
