/**
 * Pins, notes, the trash and the retention policy.
 *
 * @module
 */

import { isGood } from "../../mod.ts";
import { freshList } from "./backup_list.ts";
import type { Task } from "./command.ts";
import { moment } from "../text/moment.ts";
import { choiceField, textField } from "./form.ts";
import { chosenInList } from "./listed.ts";
import type { Message } from "./message.ts";
import type { AskModal, FormModal } from "./modal.ts";
import { plannedRows } from "./planned_rows.ts";
import { policyForm } from "./policy_form.ts";
import { startJob } from "./start_job.ts";
import type { State } from "./state.ts";
import { type Step, step } from "./step.ts";
import { counted } from "../text/count.ts";

/** The next step of managing. */
export function updateManage(state: State, message: Message): Step | undefined {
  switch (message.type) {
    case "pin":
      return pin(state);
    case "note":
      return step({ ...state, modal: noteForm(state) });
    case "compare":
    case "drill": {
      const [first] = chosenInList(state);
      if (first === undefined) return step(state);
      return startJob(state, { verb: message.type, backup: first.id });
    }
    case "peek":
      return step({ ...state, modal: peekForm(state) });
    case "delete":
      return step({ ...state, modal: askDelete(state) });
    case "undelete":
      return startJob(unmarked(state), { verb: "undelete", ids: idsOf(state) });
    case "trash":
      return step({ ...state, showTrash: !state.showTrash, list: freshList });
    case "prune":
      return step({ ...state, modal: askPrune(state) });
    case "editPolicy":
      return step({ ...state, modal: policyForm(state) });
    case "showPlanned": {
      const cursor = plannedRows(state)[state.planRow]?.id;
      return step({
        ...state,
        screen: "backups",
        showTrash: false,
        list: { ...freshList, cursor },
      });
    }
  }
  return undefined;
}

function idsOf(state: State): readonly string[] {
  return chosenInList(state).map(({ id }) => id);
}

function unmarked(state: State): State {
  return { ...state, list: { ...state.list, marked: [] } };
}

/** All of them are pinned; where they are already, unpinned. */
function pin(state: State): Step {
  const pinned = chosenInList(state).some((backup) => !backup.pinned);
  return startJob(unmarked(state), { verb: "edit", change: { ids: idsOf(state), pinned } });
}

function noteForm(state: State): FormModal {
  const [first] = chosenInList(state);
  const field = textField("note", "Note", {
    help: "What you want to remember about it; an empty one goes away",
    value: first?.note ?? "",
  });
  return {
    kind: "form",
    title: "Note",
    intro: counted(idsOf(state).length, "backup"),
    submit: "write",
    form: { fields: [field], focus: 0 },
    purpose: { kind: "note", ids: idsOf(state) },
  };
}

function peekForm(state: State): FormModal | undefined {
  const [first] = chosenInList(state);
  if (first === undefined) return undefined;
  const table = choiceField("table", "Table", {
    help: "← and → go through the tables",
    choices: Object.keys(first.metadata.recordCount ?? {}).sort(),
  });
  return {
    kind: "form",
    title: "Look into a backup",
    intro: moment(first.createdAt, state),
    submit: "show its first rows",
    form: { fields: [table], focus: 0 },
    purpose: { kind: "peek", backup: first.id },
  };
}

/** Whoever deletes what holdfast would keep, knows it. */
function askDelete(state: State): AskModal {
  const chosen = chosenInList(state);
  const ids = idsOf(state);
  const good = (state.loaded?.backups ?? []).filter((each) =>
    each.status === "available" && isGood(each) && each.reason !== "pre-restore"
  );
  const doubts = [
    ...(chosen.some(({ pinned }) => pinned) ? ["A pinned one is among them. "] : []),
    ...(good.length > 0 && good.every(({ id }) => ids.includes(id))
      ? ["No good backup would be left! "]
      : []),
  ];
  const task: Task = { verb: "delete", ids, force: doubts.length > 0 };
  return {
    kind: "ask",
    question: `Move ${counted(ids.length, "backup")} to the trash?`,
    detail: `${doubts.join("")}For 7 days the trash gives back what it got: t shows it.`,
    yes: "delete",
    then: { type: "start", task },
  };
}

/** A yes to more than half of the good ones is a yes to that. */
function askPrune({ loaded }: State): AskModal {
  const { plan } = loaded ?? {};
  const allowMassDelete = plan?.massDelete ?? false;
  const most = allowMassDelete ? "That is more than half of the good ones! " : "";
  return {
    kind: "ask",
    question: `Move ${counted(plan?.delete.length ?? 0, "backup")} to the trash?`,
    detail: `${most}${
      counted(plan?.keep.length ?? 0, "backup")
    } stay. For 7 days the trash gives all back.`,
    yes: "apply",
    then: { type: "start", task: { verb: "prune", allowMassDelete } },
  };
}
