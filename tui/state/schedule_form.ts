/**
 * The form of the schedule, with its next runs while it is changed.
 *
 * @module
 */

import {
  type CheckedSchedule,
  describeSchedule,
  HoldfastError,
  nextRuns,
  readSchedule,
  type Schedule,
  WEEKDAYS,
} from "../../mod.ts";
import { choiceField, type Form, textField, valuesOf } from "./form.ts";
import type { FormModal } from "./modal.ts";
import { type Problem, problemOf } from "./problem.ts";
import type { State } from "./state.ts";

const RUNS = 5;

/** The form with the schedule that holds. */
export function scheduleForm({ loaded }: State): FormModal {
  const held = (key: string): string =>
    loaded?.settings.find((each) => each.key === `schedule.${key}`)?.value ?? "";
  const or = (text: string, other: string): string => text === "" ? other : text;
  const fields = [
    choiceField("enabled", "Backups by themselves", {
      help: "A timer of the system (holdfast schedule install) or holdfast watch takes them",
      choices: ["off", "on"],
      value: held("enabled") === "true" ? "on" : "off",
    }),
    choiceField("kind", "How often", {
      help: "Daily or weekly at a time; cron for anything else",
      choices: ["daily", "weekly", "cron"],
      value: or(held("kind"), held("cron") === "" ? "daily" : "cron"),
    }),
    textField("at", "At", { help: "The time of day, as 02:00", value: or(held("at"), "02:00") }),
    choiceField("day", "On", {
      help: "The day, when weekly",
      choices: WEEKDAYS,
      value: or(held("day"), "sunday"),
    }),
    textField("cron", "Cron", {
      help: "Minute, hour, day, month, weekday: 0 */4 * * * is every four hours",
      value: held("cron"),
    }),
  ];
  return {
    kind: "form",
    title: "Schedule",
    intro: "when backups are taken by themselves",
    submit: "save",
    form: { fields, focus: 0 },
    purpose: { kind: "schedule" },
  };
}

/** What the form says. */
export function scheduleOf(form: Form): Schedule {
  const { enabled, kind, at = "", day, cron = "" } = valuesOf(form);
  const on = enabled === "on";
  if (kind === "cron") return { enabled: on, kind, cron };
  const weekday = WEEKDAYS.find((each) => each === day);
  return kind === "weekly"
    ? { enabled: on, kind, at, day: weekday }
    : { enabled: on, kind: "daily", at };
}

/** Its next runs, or what is wrong with it. */
export function scheduleOutlook(
  form: Form,
  { now, zone, loaded }: State,
):
  | { readonly words: string; readonly runs: readonly Temporal.Instant[] }
  | { readonly problem: Problem } {
  const given = scheduleOf(form);
  const held = (key: string): string | undefined =>
    loaded?.settings.find((each) => each.key === `schedule.${key}`)?.value || undefined;
  try {
    const schedule: CheckedSchedule = readSchedule(
      { ...given, zone: held("zone"), quiet: held("quiet") },
      { zone },
    );
    return { words: describeSchedule(schedule), runs: nextRuns(schedule, now, RUNS) };
  } catch (error) {
    if (error instanceof HoldfastError) return { problem: problemOf(error) };
    throw error;
  }
}
