/**
 * Answers the shell: what the last word on the line can become. The shell's script calls
 * `holdfast complete -- <words>` at each press of the tab key.
 *
 * @module
 */

import { RootCommand } from "@bomb.sh/tab";
import type { CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { commandNameIn } from "../command_name.ts";
import { commandTable } from "../command_table.ts";
import { topicNames } from "../help/topic_names.ts";
import { makeProgram } from "../program.ts";
import type { Session } from "../session.ts";
import { type Completion, completionValues } from "./completion_values.ts";

/** The values of arguments and options, by name: the library asks for them in one go. */
type Values = ReadonlyMap<string, readonly Completion[]>;

/** Prints the completions of the words behind `--`. */
export async function completeWords(session: Session): Promise<void> {
  const words = session.args.slice(session.args.indexOf("--") + 1);
  const program = await makeProgram(session, commandNameIn(words));
  const values = await valuesOf(session, words, program);
  const root = new RootCommand();
  fill(root, program, { path: "", values, inherited: [] });
  const help = root.command("help", "Shows the help of a command, or about a topic");
  help.argument(
    "topic",
    say([...topicNames, ...commandTable.map(({ name }) => name)].map((name) => [name, ""])),
  );
  root.parse(words);
}

/** Only what the command at hand may ask for is looked up. */
async function valuesOf(
  session: Session,
  words: readonly string[],
  program: CommandUnknownOpts,
): Promise<Values> {
  const after = (flag: string): string | undefined => {
    const at = words.indexOf(flag);
    return at < 0 ? undefined : words[at + 1];
  };
  const globals = { config: after("--config"), directory: after("--directory") };
  const typed = words.at(-1) ?? "";
  const place = { session, globals, database: after("--database"), typed };
  const wanted = valueOf(program, words.at(-2) ?? "");
  const names = wanted === undefined ? argumentsOf(program, commandNameIn(words)) : [wanted];
  const found = new Map<string, readonly Completion[]>();
  for (const name of new Set(names)) found.set(name, await completionValues(name, place));
  return found;
}

/** What the option wants, in the word of its help: `--to <target>` wants a target. */
function valueOf(program: CommandUnknownOpts, flag: string): string | undefined {
  const all = [program, ...program.commands, ...program.commands.flatMap((each) => each.commands)];
  const option = all.flatMap(({ options }) => options)
    .find(({ long, short }) => long === flag || short === flag);
  return option === undefined ? undefined : wordOf(option);
}

function wordOf({ flags }: Option): string | undefined {
  return /[<[]([^>\].]+)/.exec(flags)?.[1];
}

function argumentsOf(program: CommandUnknownOpts, name: string | undefined): string[] {
  const command = program.commands.find((each) => each.name() === name);
  if (command === undefined) return [];
  return [command, ...command.commands].flatMap(({ registeredArguments }) =>
    registeredArguments.map((argument) => argument.name())
  );
}

function isWithValue(option: Option): boolean {
  return option.required || option.optional;
}

/** Gives the definitions of the commands to the library, with what they inherit. */
function fill(
  root: RootCommand,
  command: CommandUnknownOpts,
  given: {
    readonly path: string;
    readonly values: Values;
    readonly inherited: readonly Option[];
  },
): void {
  const { path, values, inherited } = given;
  const help = command.createHelp();
  const target = path === "" ? root : root.command(path, command.summary());
  const own = help.visibleOptions(command);
  const names = new Set(own.map((option) => option.long));
  for (const option of [...own, ...inherited.filter(({ long }) => !names.has(long))]) {
    const long = (option.long ?? "").slice(2);
    const short = option.short?.slice(1);
    if (!isWithValue(option)) {
      if (short === undefined) target.option(long, option.description);
      else target.option(long, option.description, short);
      continue;
    }
    const words = option.argChoices?.map((word): Completion => [word, ""]);
    target.option(long, option.description, say(words ?? values.get(wordOf(option) ?? "")), short);
  }
  for (const argument of command.registeredArguments) {
    target.argument(argument.name(), say(values.get(argument.name())), argument.variadic);
  }
  for (const sub of help.visibleCommands(command)) {
    const name = path === "" ? sub.name() : `${path} ${sub.name()}`;
    fill(root, sub, { path: name, values, inherited: [] });
  }
}

type Say = (complete: (value: string, description: string) => void) => void;

function say(values: readonly Completion[] = []): Say {
  return (complete) => values.forEach(([value, description]) => complete(value, description));
}
