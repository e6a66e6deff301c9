/**
 * `holdfast schedule`.
 *
 * @module
 */

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { choiceOption, globalsOf, newCommand, wholeNumber } from "../command.ts";
import { perform, type Session } from "../session.ts";

const timers = ["systemd", "cron"] as const;

/** Makes the command. */
export function scheduleCommand(session: Session): CommandUnknownOpts {
  const schedule = newCommand(session, {
    name: "schedule",
    summary: "Set when backups happen by themselves, and the timer that runs them",
    about: "A schedule is off by default. A run missed while the machine was off is made up once.",
    examples: [
      ["holdfast schedule install --print", "Shows the timer of the system, and writes nothing."],
    ],
  });
  schedule.addCommand(setCommand(session));
  schedule.addCommand(showCommand(session, "show", 1));
  schedule.addCommand(showCommand(session, "next", 5));
  schedule.addCommand(offCommand(session));
  schedule.addCommand(runCommand(session));
  schedule.addCommand(timerCommand(session, "install"));
  schedule.addCommand(timerCommand(session, "uninstall"));
  schedule.addCommand(timerCommand(session, "status"));
  return schedule;
}

function setCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "set",
    summary: "Switch it on: daily at 02:00, or as given",
    examples: [],
  })
    .option("--database <name>", "A database of the configuration (default: for all)")
    .option("--at <time>", "The time of the day: 02:00")
    .option("--day <weekday>", "Weekly, on that day")
    .option("--cron <expression>", "A cron expression instead")
    .option("--zone <zone>", "The zone of these times: Europe/Berlin")
    .option("--jitter <duration>", "Starts up to this much later")
    .option("--quiet-window <window>", "Nothing starts then: 09:00-17:30")
    .option("--retention-days <days>", "Scheduled backups go after so many days", wholeNumber(1))
    .action(async (options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { scheduleSet } = await import("../verbs/schedule.ts");
        return await scheduleSet(run, options);
      });
    });
}

function showCommand(session: Session, name: "show" | "next", count: number): CommandUnknownOpts {
  const summary = name === "show" ? "Show it, with its next run" : "Show its next runs";
  return newCommand(session, { name, summary })
    .argument("[database...]", "Names of the configuration (default: all of it)")
    .option("--count <number>", `How many runs (default: ${count})`, wholeNumber(1))
    .action(async (names, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { scheduleShow } = await import("../verbs/schedule.ts");
        return await scheduleShow(run, names, { verb: name, count: options.count ?? count });
      });
    });
}

function offCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, { name: "off", summary: "Switch it off" })
    .option("--database <name>", "A database of the configuration (default: for all)")
    .action(async ({ database }, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { scheduleOff } = await import("../verbs/schedule.ts");
        return await scheduleOff(run, database);
      });
    });
}

function runCommand(session: Session): CommandUnknownOpts {
  return newCommand(session, {
    name: "run",
    summary: "Take the backups that are due now, check the collection weekly: for timers",
    about: "Where a check is due, it looks at the hash of every backup, checks three fully and " +
      "drills the newest. The notifiers hear of what it finds.",
  })
    .argument("[database...]", "Names of the configuration (default: all of it)")
    .option("--verify-every <duration>", "Checks the collection so often (default: 7d), or off")
    .action(async (names, options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const { scheduleRun } = await import("../verbs/schedule_run.ts");
        return await scheduleRun(run, names, options);
      });
    });
}

function timerCommand(
  session: Session,
  name: "install" | "uninstall" | "status",
): CommandUnknownOpts {
  const summary = {
    install: "Write and enable a timer of the system that takes what is due",
    uninstall: "Take that timer away",
    status: "Show whether that timer is there, on, and not stale",
  }[name];
  return newCommand(session, { name, summary })
    .addOption(choiceOption("--by <timer>", "By which timer (default: systemd)", timers))
    .option("--print", "Shows what would be written, and writes nothing")
    .action(async (options, command) => {
      await perform(session, globalsOf(command), async (run) => {
        const verbs = await import("../verbs/schedule_install.ts");
        if (name === "install") return await verbs.scheduleInstall(run, options);
        if (name === "uninstall") return await verbs.scheduleUninstall(run, options);
        return await verbs.scheduleStatus(run);
      });
    });
}
