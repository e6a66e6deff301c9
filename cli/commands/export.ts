/**
 * `holdfast export`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
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
      ["holdfast export app.db --format zip --output app.zip", "A ZIP archive of it."],
      ["holdfast export app.db --format csv --output tables", "A CSV file per table."],
      ["holdfast export app.db --format jsonl --table works --output lines", "One table."],
    ],
  })
    .argument("[what]", "A database (path or name), or a backup (id, file name, latest, file)")
    .addOption(choiceOption("--format <format>", "How it is written (default: db)", formats))
    .option("--output <path>", "The file, or the folder for csv, json and jsonl")
    .option("--table <name>", "Only this table (repeatable); not for db and zip", collect)
    .option("--force", "Replaces an earlier export")
    .option("--database <database>", "Whose backup: a path or a name of the configuration")
    .action(async (what, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { exportVerb, exportZipVerb } = await import("../verbs/export.ts");
        const { format, ...others } = options;
        if (format === "zip") return await exportZipVerb(run, { ...others, what });
        return await exportVerb(run, { ...others, format, what });
      });
    });
}
