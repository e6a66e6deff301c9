/**
 * The whole command: the one that was called in full, the others by name.
 *
 * @module
 */

import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { newCommand } from "./command.ts";
import { commandTable } from "./command_table.ts";
import { acceptDatabaseOption } from "./database_option.ts";
import { exitCodes } from "./exit_code.ts";
import { topicNames } from "./help/topic_names.ts";
import type { Session } from "./session.ts";

/** Makes the program with the named command, or all of them where `name` is `"*"`. */
export async function makeProgram(
  session: Session,
  name: string | undefined,
): Promise<CommandUnknownOpts> {
  const program = newCommand(session, {
    name: "holdfast",
    summary: "Back up SQLite databases while they are written, prove it, and restore them",
    examples: [
      ["holdfast backup app.db", "Takes a proven backup, into backups/ beside it."],
      ["holdfast list app.db", "Lists its backups."],
      ["holdfast restore latest --database app.db --yes", "Restores the newest one."],
      ["holdfast undo --database app.db --yes", "Brings back the state before that."],
    ],
  });
  program.option("-V, --version", "Shows the versions of holdfast, Deno and SQLite");
  program.addHelpText("after", exitCodesText());
  program.addHelpText("after", `\nMore: holdfast help ${topicNames.join(", ")}`);
  for (const entry of commandTable) {
    const loaded = entry.name === name || name === "*";
    const command: CommandUnknownOpts = loaded
      ? await entry.load(session)
      : new Command(entry.name).summary(entry.summary).helpOption(false);
    acceptDatabaseOption(command);
    program.addCommand(command.helpGroup(entry.group));
  }
  return program;
}

function exitCodesText(): string {
  const lines = exitCodes.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`);
  return `\nExit codes:\n${lines.join("\n")}`;
}
