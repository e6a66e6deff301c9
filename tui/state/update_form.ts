/**
 * Forms.
 *
 * @module
 */

import type { BackupChoice } from "../actions.ts";
import { choiceField, type Form, refocused, textField, valuesOf } from "./form.ts";
import type { Message } from "./message.ts";
import type { FormModal } from "./modal.ts";
import { policyOf, policyProblem } from "./policy_form.ts";
import { startJob } from "./start_job.ts";
import type { State } from "./state.ts";
import { type Step, step } from "./step.ts";

/** The next step of a form, or into one. */
export function updateForm(state: State, message: Message): Step | undefined {
  const { modal } = state;
  if (message.type === "backupOptions") return step({ ...state, modal: backupForm(state.usual) });
  if (modal?.kind !== "form") return undefined;
  if (message.type === "nextField") {
    return step({ ...state, modal: { ...modal, form: refocused(modal.form, message.by) } });
  }
  return message.type === "submit" ? submitted(state, modal) : undefined;
}

function submitted(state: State, { form, purpose }: FormModal): Step {
  const closed = { ...state, modal: undefined };
  switch (purpose.kind) {
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

/** Only a policy that makes sense is saved; without a file the form closes. */
function savePolicy(state: State, form: Form): Step {
  if (policyProblem(form) !== undefined) return step(state);
  const closed = { ...state, modal: undefined };
  if (!state.abilities.includes("savePolicy")) return step(closed);
  return startJob(closed, { verb: "save policy", policy: policyOf(form) });
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
