/**
 * `holdfast verify`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { choiceOption, collect, globalsOf, newCommand } from "../command.ts";
import { refuseStrangePairs } from "../option_pairs.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function verifyCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "verify",
    summary: "Verify backups: hash, integrity, what is expected of them",
    about: "Ends with 20 where one is damaged or not what its record says.",
    examples: [
      ["holdfast verify --database app.db", "The newest good one."],
      ["holdfast verify --all --database app.db", "Every one."],
      ["holdfast verify --target folder:usb --sample 5% --database app.db", "Some copies there."],
      ["holdfast verify latest --database app.db --expect-table works", "A table must be in it."],
    ],
  })
    .argument("[backup...]", "Ids, file names, beginnings, latest or paths (default: latest)")
    .option("--all", "All of them")
    .option("--deep", "Restores each into a scratch file and proves it there (see drill)")
    .option("--database <database>", "Whose backups: a path or a name of the configuration")
    .addOption(
      choiceOption("--verify <depth>", "How far each is checked (default: full)", [
        "none",
        "quick",
        "full",
      ]),
    )
    .option("--expect-table <name>", "A table that must be in it (repeatable)", collect)
    .option("--assert <SQL>", "A SELECT that must be true in it (repeatable)", collect)
    .option("--target <target>", "The copies there (default: all of them)")
    .option("--sample <percent>", "With --target: only so many, those verified longest ago")
    .option("--download", "With --target: reads each, also where the place vouches for a hash")
    .option("--copies <name>", "Whose copies, where the target holds those of several databases")
    .action(async (backups, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { target } = options;
        refuseStrangePairs(options, {
          option: "target",
          only: ["sample", "download", "copies"],
          never: ["deep", "verify", "expectTable", "assert"],
        });
        if (target !== undefined) {
          const { verifyCopiesVerb } = await import("../verbs/verify_copies.ts");
          return await verifyCopiesVerb(run, backups, { ...options, target });
        }
        const { verifyVerb } = await import("../verbs/verify.ts");
        return await verifyVerb(run, backups, options);
      });
    });
}
