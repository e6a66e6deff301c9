/**
 * Forms.
 *
 * @module
 */

import type { BackupChoice } from "../actions.ts";
import { choiceField, type Form, refocused, textField, valuesOf } from "./form.ts";
import type { Message } from "./message.ts";
import type { FormModal } from "./modal.ts";
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
  switch (purpose) {
    case "backup":
      return startJob(closed, { verb: "backup", choice: backupChoice(form, state.usual) });
  }
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
    purpose: "backup",
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
