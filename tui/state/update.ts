/**
 * From a state and what happened to the next state: pure, the effects come out as data.
 *
 * @module
 */

import { contextOf, isTyping } from "../keys/context.ts";
import { bindingOf } from "../keys/keys.ts";
import { updateConfiguration } from "./configuration_first.ts";
import { hold, withHeld } from "./held_keys.ts";
import { isRunning } from "./job.ts";
import type { Message } from "./message.ts";
import { startJob } from "./start_job.ts";
import type { State } from "./state.ts";
import { withSameRow } from "./same_row.ts";
import { type Step, step } from "./step.ts";
import { staying, withToast } from "./toast.ts";
import { updateChoosing } from "./update_choosing.ts";
import { typeText } from "./update_text.ts";
import { updateCopies } from "./update_copies.ts";
import { updateForm } from "./update_form.ts";
import { updateJobs } from "./update_jobs.ts";
import { updateList } from "./update_list.ts";
import { updateSettings, withCheck } from "./update_settings.ts";
import { updateLive } from "./update_live.ts";
import { updateManage } from "./update_manage.ts";
import { withForecast } from "./policy_form.ts";
import { updateTargets, withQuotas } from "./update_targets.ts";
import { updateRescue } from "./update_rescue.ts";
import { updateRestore, withPreview } from "./update_restore.ts";

/** Those who know what to do with some messages; `undefined` where one does not. */
type Part = (state: State, message: Message) => Step | undefined;

const parts: readonly Part[] = [
  updateLive,
  updateFrame,
  updateChoosing,
  updateTargets,
  updateCopies,
  updateRestore,
  updateRescue,
  updateConfiguration,
  updateForm,
  updateList,
  updateManage,
  updateSettings,
  updateJobs,
];

/** The state after a message, and what it asks for. */
export function update(state: State, message: Message): Step {
  return hold(state, message) ?? withHeld(withSameRow(state, happened(state, message)), update);
}

function happened(state: State, message: Message): Step {
  if (message.type === "key") return press(state, message.key);
  for (const part of parts) {
    const next = part(state, message);
    if (next !== undefined) return withQuotas(withForecast(withCheck(state, withPreview(next))));
  }
  return step(state);
}

function press(state: State, key: string): Step {
  const binding = bindingOf(key, state);
  if (binding === undefined) {
    return isTyping(contextOf(state))
      ? withForecast(withCheck(state, withPreview(typeText(state, { key }))))
      : step(state);
  }
  const reason = binding.unless?.(state);
  if (reason === undefined) return update(state, binding.message);
  return step({
    ...state,
    toasts: withToast(state.toasts, { kind: "note", text: reason }),
  });
}

/** What concerns the window, the time, the screens and what is read. */
function updateFrame(state: State, message: Message): Step | undefined {
  switch (message.type) {
    case "text":
      return isTyping(contextOf(state)) ? typeText(state, { text: message.text }) : step(state);
    case "simulated":
      if (state.forecast?.of !== message.of) return step(state);
      return step({ ...state, forecast: { of: message.of, is: message.forecast } });
    case "start":
      return startJob(state, message.task);
    case "resize":
      return step({ ...state, size: message.size });
    case "tick": {
      const { now, zone } = message;
      return step({ ...state, now, zone, toasts: staying(state.toasts, now) });
    }
    case "go":
      return step({ ...state, screen: message.screen, modal: undefined, activityRow: 0 });
    case "help":
      return step({ ...state, modal: { kind: "help", top: 0, under: state.modal } });
    case "dismiss":
      return step({ ...state, toasts: state.toasts.slice(1) });
    case "reload":
      return step({ ...state, quotas: {} }, { type: "load" });
    case "loaded":
      return step({ ...state, loaded: message.loaded, loadProblem: undefined });
    case "notLoaded":
      return step({ ...state, loadProblem: message.problem });
    case "quit":
      return step(state, { type: "quit", code: message.code });
    case "askQuit":
      return askQuit(state);
    case "submit":
      if (state.modal?.kind !== "ask") return undefined;
      return update({ ...state, modal: undefined }, state.modal.then);
    case "back":
      return back(state);
  }
  return undefined;
}

function askQuit(state: State): Step {
  const running = state.jobs.filter(isRunning);
  if (running.length === 0) return step(state, { type: "quit", code: 0 });
  return step({
    ...state,
    modal: {
      kind: "ask",
      question: `Stop ${running.map(({ title }) => title).join(", ")} and leave?`,
      detail: "What has not ended leaves nothing behind.",
      yes: "leave",
      then: { type: "quit", code: 130 },
    },
  });
}

/** Leaves what lies on top; `undefined` where a part knows better. */
function back(state: State): Step | undefined {
  const { modal, screen, list } = state;
  if (modal?.kind === "restore" || modal?.kind === "rescue") return undefined;
  if (modal !== undefined) {
    const under = modal.kind === "help" || modal.kind === "ask" ? modal.under : undefined;
    return step({ ...state, modal: under });
  }
  if (screen === "choose") return step(state, { type: "quit", code: 0 });
  if (screen === "backups" && (list.typing || list.filter.text !== "")) return undefined;
  return step({ ...state, screen: "dashboard" });
}
