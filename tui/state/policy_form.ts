/**
 * The form of a retention policy, with what it would lead to while it is changed.
 *
 * @module
 */

import { readRetentionPolicy, type RetentionPolicy } from "../../mod.ts";
import { type Form, textField, valuesOf } from "./form.ts";
import type { FormModal } from "./modal.ts";
import { type Problem, problemOf } from "./problem.ts";
import { type SimulationRequest, usualPace } from "./simulation.ts";
import type { State } from "./state.ts";
import type { Step } from "./step.ts";

/** Each rule with its label and its help, in the order of the form. */
export const POLICY_RULES: readonly (readonly [keyof RetentionPolicy, string, string])[] = [
  ["keepWithin", "Keep everything for", "Every backup this young stays: 24h, 7d"],
  ["keepLast", "Keep the newest", "So many of the newest good ones"],
  ["keepHourly", "One an hour, for", "So many hours, or a span: 48, 2d"],
  ["keepDaily", "One a day, for", "So many days, or a span: 7, 2w"],
  ["keepWeekly", "One a week, for", "So many weeks, or a span: 4, 30d"],
  ["keepMonthly", "One a month, for", "So many months, or a span: 12, 1y"],
  ["keepYearly", "One a year, for", "So many years, or a span: 5, 10y"],
  ["maxCount", "At most", "So many backups; what only the first rule keeps goes first"],
  ["maxAgeDays", "None older than days", "A number of days"],
  ["maxTotalSize", "At most in all", "A size: 500MB, 10GB"],
  ["minKeep", "Never fewer than", "So many good ones stay whatever the rules say (3)"],
];

/** The form with the present policy. */
export function policyForm({ loaded, abilities }: State): FormModal {
  const policy = loaded?.policy ?? {};
  const fields = POLICY_RULES.map(([name, label, help]) =>
    textField(name, label, { help, value: String(policy[name] ?? "") })
  );
  const pace = textField("every", "Try with one every", {
    help: "How often backups are taken, only for the forecast: 4h, 1d",
    value: usualPace(loaded?.backups ?? []),
  });
  const canSave = abilities.includes("savePolicy") || abilities.includes("writeConfig");
  return {
    kind: "form",
    title: "What is kept",
    intro: canSave ? "Empty rules do not hold." : "There is no configuration file to save it in.",
    submit: canSave ? "save" : "close",
    form: { fields: [...fields, pace], focus: 0 },
    purpose: { kind: "policy" },
  };
}

/** The policy that a form says. */
export function policyOf(form: Form): RetentionPolicy {
  const { every: _every, ...values } = valuesOf(form);
  return policyFrom(values);
}

/** The policy that texts say; empty ones say nothing. */
export function policyFrom(values: Readonly<Record<string, string>>): RetentionPolicy {
  const given = Object.entries(values).filter(([, text]) => text.trim() !== "");
  return Object.fromEntries(
    given.map(([name, text]) => [name, /^\d+$/.test(text.trim()) ? Number(text) : text.trim()]),
  );
}

/** What is wrong with it, if anything. */
export function policyProblem(form: Form): Problem | undefined {
  return problemOfPolicy(policyOf(form));
}

/** What is wrong with a policy, if anything. */
export function problemOfPolicy(policy: RetentionPolicy): Problem | undefined {
  try {
    readRetentionPolicy(policy);
    return undefined;
  } catch (error) {
    return problemOf(error);
  }
}

/** A step whose forecast belongs to the policy in the form, or to the one that holds. */
export function withForecast({ state, commands }: Step): Step {
  const request = requestOf(state);
  if (request === undefined || request.of === state.forecast?.of) return { state, commands };
  return {
    state: { ...state, forecast: { of: request.of, is: "working" } },
    commands: [...commands, { type: "simulate", request }],
  };
}

function requestOf({ modal, screen, loaded, zone, now }: State): SimulationRequest | undefined {
  if (screen !== "retention" || loaded === undefined) return undefined;
  const editing = modal?.kind === "form" && modal.purpose.kind === "policy";
  if (editing && policyProblem(modal.form) !== undefined) return undefined;
  const policy = editing ? policyOf(modal.form) : loaded.policy;
  const every = editing ? valuesOf(modal.form).every ?? "" : usualPace(loaded.backups);
  const size = loaded.backups[0]?.size ?? loaded.databaseSize ?? 0;
  const of = JSON.stringify([policy, every, size]);
  return { of, policy, every, size, zone, start: now.epochMilliseconds };
}
