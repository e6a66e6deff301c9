/**
 * `holdfast target`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { collect, globalsOf, newCommand } from "../command.ts";
import type { Outcome } from "../printer.ts";
import { perform, type Run, type Session } from "../session.ts";

/** Makes the command with its subcommands. */
export function targetCommand(session: Session): CommandUnknownOpts {
  const group = newCommand(session, {
    name: "target",
    summary: "Add, show, check and change the targets for copies",
    examples: [
      ["holdfast target list --database app.db", "And how many copies are there."],
    ],
  });
  group.addCommand(addCommand(session));
  group.addCommand(listCommand(session));
  for (const [name, summary, work] of onOne) {
    group.addCommand(oneCommand(session, { name, summary, work }));
  }
  group.helpCommand(false);
  return group;
}

const database = "For this database of the configuration";

function addCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "add",
    summary: "Add a target to the configuration",
    about: "Secrets are asked for, or read from standard input as lines name=value; they go to a " +
      "file that only you can read, or stand in HOLDFAST_SECRET_<TARGET>_<NAME>.",
    examples: [
      ["holdfast target add usb folder:usb --codec zstd", "Compressed copies in a folder."],
      [
        "holdfast target add safe folder:safe --codec zstd --codec age --set age.identityFile=key.txt",
        "Encrypted for who holds the key.",
      ],
    ],
  })
    .argument("<name>", "Its name: letters, digits, _ and -")
    .argument("<kind>", "Its kind, or kind:place as in folder:/media/usb")
    .option(
      "--set <name=value>",
      "A setting; codec.name=value for one of a codec (repeatable)",
      collect,
    )
    .option("--codec <codec>", "A step on the way: zstd, gzip, age (repeatable, in order)", collect)
    .option("--required", "A backup whose copy does not arrive there counts as failed")
    .option("--secrets-stdin", "Reads its secrets from standard input")
    .option("--force", "Changes one of that name: what is not given stays")
    .option("-y, --yes", "The same")
    .option("--database <name>", database)
    .action(async (name, place, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { targetAdd } = await import("../verbs/target_add.ts");
        return await targetAdd(run, { name, place }, options);
      });
    });
}

function listCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "list",
    summary: "List the targets and the copies there",
    about: "As far as the catalog knows: no target is asked.",
  })
    .option("--database <database>", "Whose: a path or a name of the configuration")
    .action(async (options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { targetList } = await import("../verbs/target_list.ts");
        return await targetList(run, options);
      });
    });
}

type Work = (
  run: Run,
  name: string,
  flags: { readonly database?: string | undefined },
) => Promise<Outcome>;

const onOne: readonly (readonly [string, string, Work])[] = [
  [
    "show",
    "Show the settings of a target, and what the place tells: account, folder, room",
    async (...args) => await (await import("../verbs/target_show.ts")).targetShow(...args),
  ],
  [
    "check",
    "Try everything that a target must keep, with objects of its own",
    async (...args) => await (await import("../verbs/target_try.ts")).targetCheck(...args),
  ],
  [
    "quota",
    "Show how much room a target has",
    async (...args) => await (await import("../verbs/target_try.ts")).targetQuota(...args),
  ],
  [
    "connect",
    "Sign in to the place of a target",
    async (...args) => await (await import("../verbs/target_connect.ts")).targetConnect(...args),
  ],
  [
    "disconnect",
    "Sign out, and forget what was kept for it",
    async (...args) => await (await import("../verbs/target_connect.ts")).targetDisconnect(...args),
  ],
  [
    "enable",
    "Switch a target on",
    async (run, name, flags) =>
      await (await import("../verbs/target_change.ts"))
        .targetEnable(run, name, { ...flags, enabled: true }),
  ],
  [
    "disable",
    "Switch a target off: no copies are sent there",
    async (run, name, flags) =>
      await (await import("../verbs/target_change.ts"))
        .targetEnable(run, name, { ...flags, enabled: false }),
  ],
  [
    "remove",
    "Sign a target out and take it out of the configuration; the copies there stay",
    async (...args) => await (await import("../verbs/target_change.ts")).targetRemove(...args),
  ],
];

function oneCommand(
  session: Session,
  { name, summary, work }: { readonly name: string; readonly summary: string; readonly work: Work },
): CommandUnknownOpts {
  return newCommand(session, { name, summary })
    .argument("<target>", "Its name in the configuration")
    .option("--database <name>", database)
    .action(async (target, options, command) => {
      await perform(session, globalsOf(command), (run) => work(run, target, options));
    });
}
