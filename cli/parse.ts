/**
 * From arguments to the command that they call: the only way in that knows the parser.
 *
 * @module
 */

import { CommanderError, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { wordsIn } from "./command_name.ts";
import { makeProgram } from "./program.ts";
import { flagsIn, type Session } from "./session.ts";
import { usageError } from "./usage_error.ts";

/**
 * Runs the command that the arguments call.
 *
 * @throws {HoldfastError} `USAGE` where they call none; what the command throws.
 */
export async function parse(session: Session, name: string | undefined): Promise<void> {
  try {
    if (name === "help") await help(session);
    else if (name === "complete") await complete(session);
    else await run(session, name);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageError(error, session.verb ?? name ?? "");
  }
}

async function run(session: Session, name: string | undefined): Promise<void> {
  const program = await makeProgram(session, name);
  session.verb = verbIn(program, session.args);
  const flags = flagsIn(session.args);
  if (name === undefined && !flags.has("--help") && !flags.has("-h")) {
    program.action(async () => {
      const { withoutCommand } = await import("./without_command.ts");
      await withoutCommand(session, program);
    });
  }
  await program.parseAsync([...session.args], { from: "user" });
}

/** The command with its subcommands; `undefined` where there is none of that name. */
function verbIn(program: CommandUnknownOpts, args: readonly string[]): string | undefined {
  const names: string[] = [];
  let at = program;
  for (const word of wordsIn(args)) {
    const next = at.commands.find((command) => command.name() === word);
    if (next === undefined) break;
    names.push(word);
    at = next;
  }
  return names.length === 0 ? undefined : names.join(" ");
}

/** The hidden command that the shells' completions call. */
async function complete(session: Session): Promise<void> {
  const { completeWords } = await import("./completion/complete_words.ts");
  await completeWords(session);
}

/** `holdfast help backup` is `holdfast backup --help`; `holdfast help times` is a page of its own. */
async function help(session: Session): Promise<void> {
  const names = session.args.filter((arg) => arg !== "help" && !arg.startsWith("-"));
  const { helpTopic } = await import("./help/help_topic.ts");
  if (helpTopic(session, names)) return;
  const program = await makeProgram(session, names[0]);
  const known = names.length === 0 || program.commands.some((each) => each.name() === names[0]);
  await program.parseAsync(known ? [...names, "--help"] : names, { from: "user" });
}
