/**
 * `holdfast note`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function noteCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "note",
    summary: "Change the remark or the expiry of a backup",
    examples: [
      ['holdfast note latest "as delivered" --database app.db', "What it is."],
      ["holdfast note 2026-01-02_09-15-00 --expires 90d --database app.db", "Kept so long."],
      ["holdfast note 2026-01-02_09-15-00 --expires never --database app.db", "By the policy."],
    ],
  })
    .argument("<backup>", "Id, file name, a beginning of either, or latest")
    .argument("[text]", 'The remark; "" takes it away')
    .option("--expires <when>", 'Kept until then, and then let go: "90d", "2026-12-31", "never"')
    .option("--database <database>", "Whose backup: a path or a name of the configuration")
    .action(async (backup, text, { database, expires }, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { editVerb } = await import("../verbs/edit.ts");
        return await editVerb(run, "note", { backups: [backup], database, text, expires });
      });
    });
}
