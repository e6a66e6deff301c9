/**
 * `holdfast delete`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { refuseStrangePairs } from "../option_pairs.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function deleteCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "delete",
    summary: "Delete backups: for 7 days they can come back",
    about:
      "A pinned one, and the last good one, need --force. One whose file is gone is forgotten.",
    examples: [
      ["holdfast delete 2026-01-02_09-15-00 --database app.db", "To the trash."],
      [
        "holdfast delete 2026-01-02 --yes --database app.db",
        "The only one of that day, without a question.",
      ],
    ],
  })
    .argument("<backup...>", "Ids, file names or beginnings of either")
    .option("--force", "Also a pinned one, and the last good one")
    .option("-y, --yes", "Asks no question")
    .option("--database <database>", "Whose backups: a path or a name of the configuration")
    .option("--target <target>", "The copies there, for good; the backups here stay")
    .option("--copies <name>", "Whose copies, where the target holds those of several databases")
    .action(async (backups, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { target } = options;
        refuseStrangePairs(options, { option: "target", only: ["copies"] });
        if (target !== undefined) {
          const { deleteCopiesVerb } = await import("../verbs/delete_copies.ts");
          return await deleteCopiesVerb(run, backups, { ...options, target });
        }
        const { deleteVerb } = await import("../verbs/delete.ts");
        return await deleteVerb(run, backups, options);
      });
    });
}
