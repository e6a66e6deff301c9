/**
 * Targets, the schedule, exports and the place of the backups.
 *
 * @module
 */

import type { Task } from "./command.ts";
import { writtenFirst } from "./configuration_first.ts";
import { liveModal } from "./update_live.ts";
import type { Message, TargetVerb } from "./message.ts";
import { exportForm, moveForm } from "./place_forms.ts";
import { scheduleForm } from "./schedule_form.ts";
import { startJob } from "./start_job.ts";
import type { Problem } from "./problem.ts";
import type { TargetOffer } from "../target_actions.ts";
import type { State } from "./state.ts";
import { type Step, step } from "./step.ts";
import { targetForm } from "./target_form.ts";
import { withToast } from "./toast.ts";

/** The next step of these. */
export function updateTargets(state: State, message: Message): Step | undefined {
  switch (message.type) {
    case "addTarget":
      return writtenFirst(state, message) ?? step(state, { type: "offer" });
    case "offer":
      return offered(state, message.offer);
    case "quota":
      return step({ ...state, quotas: { ...state.quotas, [message.target]: message.quota } });
    case "onTarget":
      return onTarget(state, message.verb);
    case "pushAll":
      return startJob(state, { verb: "push", target: undefined });
    case "removeTarget":
      return askRemove(state);
    case "editSchedule":
      return writtenFirst(state, message) ?? step({ ...state, modal: scheduleForm(state) });
    case "export":
      return step({ ...state, modal: exportForm(state) });
    case "moveDirectory":
      return step({ ...state, modal: moveForm(state) });
    case "move": {
      if (state.modal !== undefined || state.screen !== "targets") return undefined;
      const by = message.move === "down" ? 1 : message.move === "up" ? -1 : 0;
      const last = Math.max(0, (state.loaded?.targets ?? []).length - 1);
      const row = message.move === "first"
        ? 0
        : message.move === "last"
        ? last
        : state.targetRow + by;
      return step({ ...state, targetRow: Math.min(last, Math.max(0, row)) });
    }
  }
  return undefined;
}

/** The form opens, unless something else did meanwhile. */
function offered(state: State, offer: TargetOffer | Problem): Step {
  if ("code" in offer) {
    const { message: text, hint } = offer;
    return step({ ...state, toasts: withToast(state.toasts, { kind: "error", text, hint }) });
  }
  const taken = (state.loaded?.targets ?? []).map(({ name }) => name);
  return step(
    state.modal === undefined ? { ...state, modal: targetForm({ offer, taken }) } : state,
  );
}

function onTarget(state: State, verb: TargetVerb): Step {
  const target = state.loaded?.targets?.[state.targetRow];
  if (target === undefined) return step(state);
  const { name } = target;
  if (verb === "connect" || verb === "check") {
    return liveModal(startJob(state, { verb, target: name }), {
      title: verb === "connect" ? `Sign in to ${name}` : `Check of ${name}`,
    });
  }
  const task: Task = verb === "switch"
    ? { verb: target.enabled ? "switch off" : "switch on", target: name }
    : { verb, target: name };
  return startJob(state, task);
}

function askRemove(state: State): Step {
  const target = state.loaded?.targets?.[state.targetRow];
  if (target === undefined) return step(state);
  return step({
    ...state,
    modal: {
      kind: "ask",
      question: `Take the target ${target.name} out of the configuration?`,
      detail: "The copies there stay; its secrets here are forgotten.",
      yes: "take it out",
      then: { type: "start", task: { verb: "remove target", target: target.name } },
    },
  });
}

/** A step that asks targets for their room, once they are on the screen. */
export function withQuotas({ state, commands }: Step): Step {
  if (state.screen !== "targets") return { state, commands };
  const unknown = (state.loaded?.targets ?? [])
    .filter(({ name, enabled }) => enabled && !Object.hasOwn(state.quotas, name));
  if (unknown.length === 0) return { state, commands };
  const asking = Object.fromEntries(unknown.map(({ name }) => [name, "asking"] as const));
  return {
    state: { ...state, quotas: { ...state.quotas, ...asking } },
    commands: [
      ...commands,
      ...unknown.map(({ name }) => ({ type: "quota", target: name }) as const),
    ],
  };
}
