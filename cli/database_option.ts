/**
 * Some commands take the database as an argument, others as `--database`: nobody should
 * have to know which. Where it is an argument, the option is taken too.
 *
 * @module
 */

import { type CommandUnknownOpts, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { HoldfastError } from "../core/errors.ts";

/** Adds the option to a command and its subcommands that have the argument. */
export function acceptDatabaseOption(command: CommandUnknownOpts): void {
  for (const subcommand of command.commands) acceptDatabaseOption(subcommand);
  const at = command.registeredArguments.findIndex((each) => each.name() === "database");
  const isTaken = command.options.some(({ long }) => long === "--database");
  if (at < 0 || isTaken) return;
  command.addOption(
    new Option("--database <database>", "The same as the argument").argParser(
      (value: string, before: unknown) => {
        if (before === undefined) return value;
        throw new InvalidArgumentError("It was given twice.");
      },
    ),
  );
  command.hook("preAction", (_, called) => {
    const given = called.opts().database;
    if (called !== command || typeof given !== "string") return;
    if (called.args.length > at) {
      throw new HoldfastError(
        "USAGE",
        `Cannot take "${called.args[at]}" and --database "${given}"`,
        {
          hint: "The argument and --database are the same thing: give one.",
        },
      );
    }
    called.processedArgs[at] = command.registeredArguments[at]?.variadic ? [given] : given;
  });
}
