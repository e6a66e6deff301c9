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
          const { from, copies } = fromOptions(command);
          if (from !== undefined) {
            const { rebuildFromTargetVerb } = await import("../verbs/rebuild_from_target.ts");
            return await rebuildFromTargetVerb(run, database, { target: from, copies });
          }
          const { catalogVerb } = await import("../verbs/catalog.ts");
          return await catalogVerb(run, name, database);
        });
      });
    if (name === "rebuild") {
      step.option("--from <target>", "From the copies on a target, into an empty directory");
      step.option("--copies <name>", "Whose copies, where the target holds those of several");
    }
    catalog.addCommand(step);
  }
  return catalog;
}

/** The options of `rebuild` alone. */
function fromOptions(
  command: Pick<CommandUnknownOpts, "getOptionValue">,
): { readonly from: string | undefined; readonly copies: string | undefined } {
  const text = (name: string): string | undefined => {
    const value: unknown = command.getOptionValue(name);
    return typeof value === "string" ? value : undefined;
  };
  return { from: text("from"), copies: text("copies") };
}
