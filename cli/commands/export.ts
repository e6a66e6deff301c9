/**
 * `holdfast export`.
 *
 * @module
 */

import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { HoldfastError } from "../../core/errors.ts";
import { choiceOption, collect, globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

const formats = ["db", "csv", "json", "jsonl", "zip"] as const;

/** Makes the command. */
export function exportCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "export",
    summary: "Export a database or a backup: as a file, or its tables as CSV or JSON",
    about: "Without an argument the live database. The output is app_backup_2026-01-03.db here, " +
      "or a folder with a file per table; it appears whole or not at all. docs/export.md says " +
      "how the tables are written and read back.",
    examples: [
      ["holdfast export app.db", "A plain SQLite file, here."],
      ["holdfast export latest --database app.db --output copy_of_backup.db", "Of a backup."],
      [
        "holdfast export app.db --format zip --output app.zip",
        "A ZIP archive, with included files.",
      ],
      ["holdfast export app.db --format csv --output tables", "A CSV file per table."],
      ["holdfast export app.db --format jsonl --table works --output lines", "One table."],
    ],
  })
    .argument("[what]", "A database (path or name), or a backup (id, file name, latest, file)")
    .addOption(choiceOption("--format <format>", "How it is written (default: db)", formats))
    .option("--output <path>", "The file, or the folder for csv, json and jsonl")
    .addOption(new Option("--include-database", "The default").hideHelp())
    .addOption(new Option("--include-files", "The default").hideHelp())
    .addOption(new Option("--include-metadata", "The default").hideHelp())
    .option("--table <name>", "Only this table (repeatable); not for db and zip", collect)
    .option("--no-include-database", "Leaves the database out of a zip")
    .option("--no-include-files", "Leaves out the files that travel with it")
    .option("--no-include-metadata", "Leaves out backup-metadata.json")
    .option("--force", "Replaces an earlier export")
    .option("--database <database>", "Whose backup: a path or a name of the configuration")
    .action(async (what, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { exportVerb, exportZipVerb } = await import("../verbs/export.ts");
        const { format, ...others } = options;
        if (format === "zip") return await exportZipVerb(run, { ...others, what });
        const { includeDatabase, includeFiles, includeMetadata, ...plain } = others;
        const parts = [includeDatabase, includeFiles, includeMetadata];
        if (parts.some((part) => part !== undefined)) throw onlyForZip();
        return await exportVerb(run, { ...plain, format, what });
      });
    });
}

function onlyForZip(): HoldfastError {
  return new HoldfastError("USAGE", "Cannot choose parts of an export that is no archive", {
    hint: "Add --format zip, or leave --no-include-… away.",
  });
}
