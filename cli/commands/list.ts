/**
 * `holdfast list`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { REASONS } from "../../core/artifact/backup_record.ts";
import { HoldfastError } from "../../core/errors.ts";
import { choiceOption, globalsOf, newCommand, wholeNumber } from "../command.ts";
import { refuseStrangePairs } from "../option_pairs.ts";
import { perform, type Session } from "../session.ts";

const states = ["available", "missing", "deleted"] as const;
const keys = ["time", "size", "name", "reason", "proof"] as const;

function oneAtATime(): HoldfastError {
  return new HoldfastError("USAGE", "Cannot list the copies of several databases at once", {
    hint: "Name one of them.",
  });
}

/** Makes the command. */
export function listCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "list",
    summary: "List the backups, newest first",
    examples: [
      ["holdfast list app.db", "Every backup of a database."],
      ["holdfast list app.db --limit 5 --since yesterday", "The last few."],
      ["holdfast list app.db --reason manual --sort size --json", "For a program."],
      ["holdfast list --directory backups", "By the backup directory."],
      ["holdfast list app.db --target folder:usb", "The copies on a target."],
    ],
  })
    .argument("[database...]", "SQLite files or names of the configuration")
    .option("--limit <count>", "At most so many", wholeNumber(1))
    .option("--since <time>", 'Taken then or later: "7d", "2026-01-02 10:00", "yesterday"')
    .option("--until <time>", "Taken then or before; a day counts to its end")
    .addOption(choiceOption("--reason <reason>", "Only those taken for this reason", REASONS))
    .addOption(choiceOption("--state <state>", "Only those in this state", states))
    .addOption(choiceOption("--sort <key>", "By what they are sorted (default: time)", keys))
    .option("--reverse", "The other way round")
    .option("--target <target>", "The copies there: a name, or a place as in folder:/media/usb")
    .option("--copies <name>", "Whose copies, where the target holds those of several databases")
    .action(async (databases, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { target, copies } = options;
        refuseStrangePairs(options, {
          option: "target",
          only: ["copies"],
          never: ["limit", "since", "until", "reason", "state", "sort", "reverse"],
        });
        if (target !== undefined) {
          if (databases.length > 1) throw oneAtATime();
          const { listCopiesVerb } = await import("../verbs/list_copies.ts");
          return await listCopiesVerb(run, { target, copies, database: databases[0] });
        }
        const { listVerb } = await import("../verbs/list.ts");
        return await listVerb(run, databases, options);
      });
    });
}
