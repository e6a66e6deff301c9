/**
 * Forms.
 *
 * @module
 */

import type { BackupChoice } from "../actions.ts";
import type { Task } from "./command.ts";
import { writtenFirst } from "./configuration_first.ts";
import { choiceField, type Form, type FormField, refocused, textField, valuesOf } from "./form.ts";
import type { Message } from "./message.ts";
import type { AskModal, FormModal, TargetPurpose } from "./modal.ts";
import { exportChoice } from "./place_forms.ts";
import { scheduleOf, scheduleOutlook } from "./schedule_form.ts";
import { targetOf, targetProblem } from "./target_form.ts";
import { updateJobs } from "./update_jobs.ts";
import { policyOf, policyProblem } from "./policy_form.ts";
import { chosenCopies } from "./update_copies.ts";
import { startJob } from "./start_job.ts";
import type { State } from "./state.ts";
import { type Step, step } from "./step.ts";

/** The next step of a form, or into one. */
export function updateForm(state: State, message: Message): Step | undefined {
  const { modal } = state;
  if (message.type === "backupOptions") return step({ ...state, modal: backupForm(state.usual) });
  if (modal?.kind !== "form") return undefined;
  if (message.type === "jobDone" || message.type === "jobFailed") {
    return modal.job === message.job ? used(state, modal, message) : undefined;
  }
  if (message.type === "nextField") {
    return step({ ...state, modal: { ...modal, form: refocused(modal.form, message.by) } });
  }
  return message.type === "submit" ? submitted(state, modal) : undefined;
}

/** Its values were used: it closes, or says why they cannot be. */
function used(
  state: State,
  modal: FormModal,
  message: Extract<Message, { type: "jobDone" | "jobFailed" }>,
): Step | undefined {
  if (message.type === "jobFailed") {
    const after = updateJobs(state, message);
    const { problem } = message;
    const mended = { ...modal, job: undefined, problem };
    return after && { ...after, state: { ...after.state, toasts: state.toasts, modal: mended } };
  }
  const after = updateJobs({ ...state, modal: undefined }, message);
  if (after === undefined || modal.purpose.kind !== "target") return after;
  const { name, kind } = targetOf(modal.form, modal.purpose);
  const targets = after.state.loaded?.targets ?? [];
  const targetRow = Math.max(0, targets.findIndex((each) => each.name === name));
  const connects = modal.purpose.offer.kinds.find((each) => each.name === kind)?.connects === true;
  const question: AskModal = {
    kind: "ask",
    question: `Sign in to ${name} now?`,
    detail: "Most such places take copies only after that; c on this screen does it later.",
    yes: "sign in",
    then: { type: "onTarget", verb: "connect" },
  };
  return {
    ...after,
    state: { ...after.state, targetRow, modal: connects ? question : undefined },
  };
}

/** The form stays until its values were taken. */
function kept(state: State, modal: FormModal, task: Task): Step {
  const started = startJob(state, task);
  const job = started.state.jobs[0]?.id;
  return {
    ...started,
    state: { ...started.state, modal: { ...modal, job, problem: undefined } },
  };
}

function addTarget(state: State, modal: FormModal, purpose: TargetPurpose): Step {
  const problem = targetProblem(modal.form, purpose);
  if (problem === undefined) {
    return kept(state, modal, { verb: "add target", target: targetOf(modal.form, purpose) });
  }
  const fields = modal.form.fields.map((each): FormField =>
    each.name === problem.field ? { ...each, error: problem.error } : each
  );
  const focus = fields.findIndex(({ name }) => name === problem.field);
  return step({ ...state, modal: { ...modal, form: { fields, focus } } });
}

function submitted(state: State, modal: FormModal): Step {
  const { form, purpose } = modal;
  if (modal.job !== undefined) return step(state);
  const closed = { ...state, modal: undefined };
  switch (purpose.kind) {
    case "target":
      return addTarget(state, modal, purpose);
    case "copy":
      return chosenCopies(state, purpose, form);
    case "schedule":
      if ("problem" in scheduleOutlook(form, state)) return step(state);
      return kept(state, modal, { verb: "save schedule", schedule: scheduleOf(form) });
    case "export":
      return startJob(closed, { verb: "export", choice: exportChoice(form, purpose.backup) });
    case "move": {
      const { to = "" } = valuesOf(form);
      if (to.trim() === "" || to.trim() === state.place?.directory) return step(closed);
      return startJob(closed, { verb: "move", to: to.trim() });
    }
    case "backup":
      return startJob(closed, { verb: "backup", choice: backupChoice(form, state.usual) });
    case "note": {
      const { ids } = purpose;
      const list = { ...closed.list, marked: [] };
      const { note = "" } = valuesOf(form);
      return startJob({ ...closed, list }, { verb: "edit", change: { ids, note: note.trim() } });
    }
    case "peek": {
      const { table = "" } = valuesOf(form);
      return startJob(closed, { verb: "peek", backup: purpose.backup, table });
    }
    case "setting": {
      if (form.fields.some(({ error }) => error !== undefined)) return step(state);
      const { value = "" } = valuesOf(form);
      return startJob(closed, { verb: "save setting", key: purpose.key, text: value });
    }
    case "policy":
      return savePolicy(state, form);
  }
}

/** Only a policy that makes sense is saved; where no file can be written the form closes. */
function savePolicy(state: State, form: Form): Step {
  if (policyProblem(form) !== undefined) return step(state);
  const closed = { ...state, modal: undefined };
  const task = { verb: "save policy", policy: policyOf(form) } as const;
  if (state.abilities.includes("savePolicy")) return startJob(closed, task);
  return writtenFirst(state, { type: "start", task }) ?? step(closed);
}

function backupForm(usual: BackupChoice): FormModal {
  const fields = [
    textField("note", "Note", { help: "What you want to remember about it", value: usual.note }),
    choiceField("verify", "Check", {
      help: "full finds all that SQLite can find; quick skips the indexes; none only hashes",
      choices: ["full", "quick", "none"],
      value: usual.verify,
    }),
    choiceField("engine", "Copy with", {
      help: "auto takes the fastest that is safe; compact drops free pages",
      choices: ["auto", "online", "clone", "compact"],
      value: usual.engine,
    }),
    choiceField("ifChanged", "If nothing changed", {
      help: "What to do where nothing was written since the last good backup",
      choices: ["take one anyway", "take none"],
      value: usual.ifChanged ? "take none" : "take one anyway",
    }),
  ];
  return {
    kind: "form",
    title: "Back up",
    intro: "The application may keep writing meanwhile.",
    submit: "back up",
    form: { fields, focus: 0 },
    purpose: { kind: "backup" },
  };
}

function backupChoice(form: Form, usual: BackupChoice): BackupChoice {
  const { note = "", verify, engine, ifChanged } = valuesOf(form);
  const verifies = ["none", "quick", "full"] as const;
  const engines = ["auto", "online", "clone", "compact"] as const;
  return {
    note: note.trim(),
    verify: verifies.find((each) => each === verify) ?? usual.verify,
    engine: engines.find((each) => each === engine) ?? usual.engine,
    ifChanged: ifChanged === "take none",
  };
}
