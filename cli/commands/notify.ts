/**
 * `holdfast notify`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { globalsOf, newCommand } from "../command.ts";
import { perform, type Session } from "../session.ts";

/** Makes the command. */
export function notifyCommand(session: Session): CommandUnknownOpts {
  const notify = newCommand(session, {
    name: "notify",
    summary: "Test the ways in which news is sent",
    about: "News goes out when a backup fails, when it works again and when health warns.",
    examples: [["holdfast notify test", "Sends a test message by each notifier."]],
  });
  notify.addCommand(
    newCommand(session, {
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
      }),
  );
  return notify;
}
