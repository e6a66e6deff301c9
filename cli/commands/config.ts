/**
 * `holdfast config`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command with its subcommands. */
export function configCommand(session: Session): CommandUnknownOpts {
  const group = newCommand(session, {
    name: "config",
    summary: "Show, check and change the configuration",
    examples: [
      ["holdfast config list --origin", "Every setting, and where it came from."],
      ["holdfast config set schedule.at 03:30", "Changes the file; its comments stay."],
    ],
  });
  group.addCommand(getCommand(session));
  group.addCommand(setCommand(session));
  group.addCommand(unsetCommand(session));
  group.addCommand(listCommand(session));
  group.addCommand(editCommand(session));
  group.addCommand(pathCommand(session));
  group.addCommand(checkCommand(session));
  group.helpCommand(false);
  return group;
}

const database = "For this database of the configuration";

function getCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "get",
    summary: "Print the value of a setting",
    examples: [["holdfast config get schedule.at", "As it holds now."]],
  })
    .argument("<key>", "The key with its dots")
    .option("--database <name>", database)
    .action(async (key, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { configGet } = await import("../verbs/config_show.ts");
        return await configGet(run, key, options);
      });
    });
}

function setCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "set",
    summary: "Change a setting in the file",
    about: "Comments and order stay. Several values make a list; an object is JSON.",
    examples: [
      ["holdfast config set verify quick", "For every database."],
      ["holdfast config set expectTables works notes", "A list."],
      [`holdfast config set retention '{"keepDaily":7,"maxCount":15}'`, "A whole policy."],
    ],
  })
    .argument("<key>", "The key with its dots")
    .argument("<value...>", "The value")
    .option("--database <name>", database)
    .action(async (key, values, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { configSet } = await import("../verbs/config_change.ts");
        return await configSet(run, key, { ...options, values });
      });
    });
}

function unsetCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "unset",
    summary: "Take a setting out of the file, so that its default holds",
    examples: [["holdfast config unset verify", "Back to the default."]],
  })
    .argument("<key>", "The key with its dots")
    .option("--database <name>", database)
    .action(async (key, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { configUnset } = await import("../verbs/config_change.ts");
        return await configUnset(run, key, options);
      });
    });
}

function listCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "list",
    summary: "List every setting as it holds",
    examples: [["holdfast config list --origin", "And where it came from."]],
  })
    .option("--origin", "Shows where each came from: flag, environment, file or default")
    .option("--database <name>", database)
    .action(async (options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { configList } = await import("../verbs/config_show.ts");
        return await configList(run, options);
      });
    });
}

function editCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "edit",
    summary: "Open the file in your editor and check it afterwards",
    about: "The editor is the one in VISUAL or EDITOR.",
  })
    .action(async (_options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { configEdit } = await import("../verbs/config_edit.ts");
        return await configEdit(run);
      });
    });
}

function pathCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "path",
    summary: "Print the path of the file",
    examples: [["holdfast config path", "The one that is used here."]],
  })
    .action(async (_options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { configPath } = await import("../verbs/config_check.ts");
        return await configPath(run);
      });
    });
}

function checkCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "check",
    summary: "Show everything that is wrong in the file",
    examples: [["holdfast config check", "Ends with 2 where something is."]],
  })
    .action(async (_options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { configCheck } = await import("../verbs/config_check.ts");
        return await configCheck(run);
      });
    });
}
