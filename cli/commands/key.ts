/**
 * `holdfast key`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command with its subcommands. */
export function keyCommand(session: Session): CommandUnknownOpts {
  const group = newCommand(session, {
    name: "key",
    summary: "Make and check the keys of encrypted copies",
    examples: [
      ["holdfast key new key.txt --sheet sheet.txt", "A key, and a page to print and put away."],
    ],
  });
  group.addCommand(
    newCommand(session, {
      name: "new",
      summary: "Make a key of age",
      about: "Both files hold the secret and get mode 0600; neither replaces another.",
    })
      .argument("<file>", "The new identity file")
      .option("--sheet <file>", "A page to print and put away, then to delete")
      .action(async (file, options, command) => {
        await perform(session, globalsOf(command), async (run) => {
          const { keyNew } = await import("../verbs/key_new.ts");
          return await keyNew(run, file, options);
        });
      }),
  );
  group.addCommand(
    newCommand(session, {
      name: "check",
      summary: "Prove that the key at hand opens the newest copy on a target",
    })
      .argument("<target>", "The target")
      .option("--copies <name>", "Whose copies, where the target holds those of several databases")
      .option("--database <database>", "Whose: a path or a name of the configuration")
      .action(async (target, options, command) => {
        await perform(session, globalsOf(command), async (run) => {
          const { keyCheck } = await import("../verbs/key_check.ts");
          return await keyCheck(run, { ...options, target });
        });
      }),
  );
  group.helpCommand(false);
  return group;
}
