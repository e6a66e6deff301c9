/**
 * `holdfast notify`.
 *
 * @module
 */

import { type CommandUnknownOpts, InvalidArgumentError } from "@commander-js/extra-typings";
import type { NewsKind } from "../../core/config/target_settings.ts";
import { collect, globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

const news: readonly NewsKind[] = ["failure", "recovery", "warning", "success", "digest"];
const stdin = "Reads secrets from standard input, as lines name=value";

/** Makes the command with its subcommands. */
export function notifyCommand(session: Session): CommandUnknownOpts {
  const notify = newCommand(session, {
    name: "notify",
    summary: "Set up and test the ways in which news is sent",
    about: "News goes out when a backup fails, when it works again and when health warns.",
    examples: [["holdfast notify list", "What is set up, and whether it can work."]],
  });
  notify.addCommand(addCommand(session));
  notify.addCommand(secretCommand(session));
  notify.addCommand(listCommand(session));
  notify.addCommand(removeCommand(session));
  notify.addCommand(testCommand(session));
  notify.helpCommand(false);
  return notify;
}

function addCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "add",
    summary: "Add a notifier to the configuration: webhook, mail, command, heartbeat, …",
    about: "An impossible address is refused now. Secrets are asked for, or read from standard " +
      "input; they go to a file that only you can read, or stand in " +
      "HOLDFAST_SECRET_<NOTIFIER>_<NAME>.",
    examples: [
      [
        "echo url=https://example.org/hook | holdfast notify add desk webhook --secrets-stdin",
        "The address of a webhook is a secret: who knows it may post there.",
      ],
      [
        "holdfast notify add ops mail --set host=mail.example.org --set from=db@example.org --set to=ops@example.org",
        "By mail.",
      ],
    ],
  })
    .argument("<name>", "Its name: letters, digits, _ and -")
    .argument("<kind>", "Its kind: holdfast plugin list shows them with their settings")
    .option("--set <name=value>", "A setting (repeatable)", collect)
    .option("--on <kinds>", `Which news: ${news.join(",")} (default: the first three)`, newsKinds)
    .option("--secrets-stdin", stdin)
    .option("--force", "Replaces one of that name")
    .action(async (name, kind, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { notifyAdd } = await import("../verbs/notify_add.ts");
        return await notifyAdd(run, { name, kind }, options);
      });
    });
}

function secretCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "secret",
    summary: "Keep the secrets of a notifier: asks for them, or reads them",
    examples: [],
  })
    .argument("<notifier>", "Its name in the configuration")
    .option("--secrets-stdin", stdin)
    .action(async (name, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { notifySecret } = await import("../verbs/notify_add.ts");
        return await notifySecret(run, name, options);
      });
    });
}

function listCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, { name: "list", summary: "List the notifiers; nothing is sent" })
    .action(async (_options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { notifyList } = await import("../verbs/notify_list.ts");
        return await notifyList(run);
      });
    });
}

function removeCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "remove",
    summary: "Take a notifier out of the configuration, with its secrets",
  })
    .argument("<notifier>", "Its name in the configuration")
    .action(async (name, _options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { notifyRemove } = await import("../verbs/notify_list.ts");
        return await notifyRemove(run, name);
      });
    });
}

function testCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "test",
    summary: "Send a test message",
    examples: [["holdfast notify test desk", 'By the notifier "desk" only.']],
  })
    .argument("[notifier...]", "Names of the configuration (default: all of them)")
    .action(async (names, _options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { notifyTestVerb } = await import("../verbs/notify_test_verb.ts");
        return await notifyTestVerb(run, names);
      });
    });
}

function newsKinds(text: string): NewsKind[] {
  return text.split(",").map((part) => {
    const kind = news.find((each) => each === part.trim());
    if (kind !== undefined) return kind;
    throw new InvalidArgumentError(`Wanted are some of ${news.join(", ")}.`);
  });
}
