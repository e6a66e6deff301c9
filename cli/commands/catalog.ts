/**
 * `holdfast catalog`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

const steps = [
  ["check", "Compare the directory with its catalog; ends with 4 where something is wrong"],
  ["repair", "Put right what can be put right without losing anything"],
  ["rebuild", "Write the catalog anew, and forget backups whose file is gone"],
] as const;

/** Makes the command. */
export function catalogCommand(session: Session): CommandUnknownOpts {
  const catalog = newCommand(session, {
    name: "catalog",
    summary: "Check, repair or rebuild the catalog",
    examples: [
      ["holdfast catalog check app.db", "Strays, missing files, leftovers, damage."],
      ["holdfast catalog repair app.db", "A lost or damaged catalog comes back."],
    ],
  });
  for (const [name, summary] of steps) {
    const step = newCommand(session, { name, summary })
      .argument("[database]", "A SQLite file or a name of the configuration")
      .action(async (database, _options, command) => {
        await perform(session, globalsOf(command), async (run) => {
          const { catalogVerb } = await import("../verbs/catalog.ts");
          return await catalogVerb(run, name, database);
        });
      });
    catalog.addCommand(step);
  }
  return catalog;
}
