/**
 * `holdfast backup`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { REASONS } from "../../core/artifact/backup_record.ts";
import { choiceOption, collect, globalsOf, newCommand, wholeNumber } from "../command.ts";
import { perform, type Session } from "../session.ts";

const engines = ["auto", "online", "clone", "compact"] as const;
const formats = ["db", "zip"] as const;
const checks = ["none", "quick", "full"] as const;

/** Makes the command. */
export function backupCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "backup",
    summary: "Take a proven backup of a live database",
    about:
      "Applications go on writing meanwhile. Several databases are taken one by one; if some " +
      "of them fail, or a copy did not arrive at its target, the exit code is 3.",
    examples: [
      ["holdfast backup app.db", "Into backups/ beside it, fully checked."],
      [
        'holdfast backup app.db --note "before the import" --expect-table works',
        "Says what it is for, and that a table must be in it.",
      ],
      [
        'holdfast backup app.db --assert "SELECT count(*) > 0 FROM works"',
        "A query of yours must be true in the copy.",
      ],
      ["holdfast backup 'data/*.db' --if-changed", "Those that changed since their last backup."],
      [
        "holdfast backup app.db --to folder:usb",
        "And a copy of it in a folder, as of a USB drive.",
      ],
      [
        "holdfast backup app.db --include 'docs/**' --include prefs.json",
        "A ZIP archive of the database and the files beside it.",
      ],
      ["holdfast backup app.db --dry-run", "Shows size, free space and engine only."],
    ],
  })
    .argument(
      "[database...]",
      "SQLite files, patterns or names of the configuration (default: every configured one)",
    )
    .addOption(choiceOption("--reason <reason>", "Why it is taken (default: manual)", REASONS))
    .option("--note <text>", "A remark that is kept with it")
    .addOption(choiceOption("--engine <engine>", "How the pages are copied", engines))
    .addOption(choiceOption("--format <format>", "How it is packed (default: db)", formats))
    .option(
      "--include <pattern>",
      "Files beside the database that travel with it, in a ZIP archive (repeatable)",
      collect,
    )
    .option(
      "--exclude <pattern>",
      "What of these stays; without a slash, as in '*.tmp', at any depth (repeatable)",
      collect,
    )
    .option("--files-query <SQL>", "A SELECT whose first column names files that travel too")
    .option(
      "--level <level>",
      "How hard an archive is pressed, from 1 (fast) to 9 (small) (default: 6)",
      wholeNumber(1, 9),
    )
    .option("--encrypt", "Makes no archive without a password, and asks for it where none is set")
    .addOption(choiceOption("--verify <depth>", "How far the copy is checked", checks))
    .option("--expect-table <name>", "A table that must be in it (repeatable)", collect)
    .option("--assert <SQL>", "A SELECT that must be true in it (repeatable)", collect)
    .option("--source-version <version>", "The version of the application")
    .option("--if-changed", "Takes none where nothing was written since the last good one")
    .option("--expires <when>", 'Kept until then, and then let go: "90d", "2030-12-31"')
    .option(
      "--to <target>",
      "Copies go to this target only: a name, or a place as in zip:/media/usb (repeatable)",
      collect,
    )
    .option("--no-copies", "Sends no copies")
    .option("--adopt", "Takes on a backup directory whose database was moved")
    .option("--dry-run", "Shows what it would be, and takes none")
    .action(async (databases, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { backupVerb } = await import("../verbs/backup.ts");
        return await backupVerb(run, databases, options);
      });
    });
}
