/**
 * The copies of backups on targets: fetched, restored from, deleted.
 *
 * @module
 */

import { isGood } from "../../mod.ts";
import { homesOf, type KnownBackup } from "../known_backup.ts";
import { counted } from "../text/count.ts";
import { moment } from "../text/moment.ts";
import { safeText } from "../text/safe_text.ts";
import { choiceField, type Form, valuesOf } from "./form.ts";
import { chosenInList } from "./listed.ts";
import type { Message } from "./message.ts";
import type { AskModal, CopyAction, CopyPurpose, FormModal } from "./modal.ts";
import { startJob } from "./start_job.ts";
import type { State } from "./state.ts";
import { type Step, step } from "./step.ts";
import { liveModal } from "./update_live.ts";

/** The next step of copies. */
export function updateCopies(state: State, message: Message): Step | undefined {
  if (message.type !== "onCopy") return undefined;
  const backups = chosenInList(state).map(({ id }) => id);
  return copyStep(state, { action: message.action, backups });
}

/** Does it with the copies on the only target that has some; asks which one of several. */
export function copyStep(state: State, purpose: CopyPurpose): Step {
  const targets = [...new Set(wanted(state, purpose).flatMap(homesOf))];
  const [only, ...others] = targets;
  if (only === undefined) return step(state);
  if (others.length === 0) return withCopies(state, purpose, only);
  return step({ ...state, modal: placeForm(purpose, targets) });
}

/** Does it with the copies on the target that the form says. */
export function chosenCopies(state: State, purpose: CopyPurpose, form: Form): Step {
  return withCopies({ ...state, modal: undefined }, purpose, valuesOf(form).target ?? "");
}

/** What is here already is not fetched. */
function wanted({ loaded }: State, { action, backups }: CopyPurpose): readonly KnownBackup[] {
  return (loaded?.backups ?? []).filter(({ id, status }) =>
    backups.includes(id) && (action === "delete" || status !== "available")
  );
}

const words: Readonly<Record<CopyAction, readonly [title: string, submit: string]>> = {
  fetch: ["Fetch", "fetch"],
  restore: ["Fetch and restore", "fetch"],
  delete: ["Delete a copy", "go on"],
};

function placeForm(purpose: CopyPurpose, targets: readonly string[]): FormModal {
  const [title, submit] = words[purpose.action];
  const target = choiceField("target", "Copy on", {
    help: "← and → go through the targets that have it",
    choices: targets,
  });
  return {
    kind: "form",
    title,
    intro: counted(purpose.backups.length, "backup"),
    submit,
    form: { fields: [target], focus: 0 },
    purpose: { kind: "copy", ...purpose },
  };
}

function withCopies(state: State, purpose: CopyPurpose, target: string): Step {
  const there = wanted(state, purpose).filter((backup) => homesOf(backup).includes(target));
  const ids = there.map(({ id }) => id);
  const [first] = there;
  if (first === undefined) return step(state);
  const unmarked = { ...state, list: { ...state.list, marked: [] } };
  if (purpose.action === "delete") {
    return step({ ...unmarked, modal: askDelete(state, { target, there }) });
  }
  const started = startJob(unmarked, { verb: "fetch", target, ids });
  if (purpose.action === "fetch") return started;
  return liveModal(started, {
    title: `Fetch ${moment(first.createdAt, state)} from ${safeText(target)}`,
    then: { type: "restore", backup: first.id },
  });
}

/** There is no trash on a target: whoever deletes what nothing else has, knows it. */
function askDelete(
  { loaded }: State,
  { target, there }: { readonly target: string; readonly there: readonly KnownBackup[] },
): AskModal {
  const counts = (each: KnownBackup): boolean => isGood(each) && each.reason !== "pre-restore";
  const newest = loaded?.backups.find((each) => homesOf(each).includes(target) && counts(each));
  const last = there.some((each) => each.status !== "available" && homesOf(each).length === 1);
  const doubts = [
    ...(last ? ["nothing else has it"] : []),
    ...(there.some(({ pinned }) => pinned) ? ["it is pinned"] : []),
    ...(there.some(({ id }) => id === newest?.id) ? ["it is the newest good one there"] : []),
  ];
  const ids = there.map(({ id }) => id);
  const copies = ids.length === 1 ? "the copy" : `${ids.length} copies`;
  return {
    kind: "ask",
    question: `Delete ${copies} on ${target} for good?`,
    detail: doubts.length === 0
      ? "There is no trash there. What lies here stays."
      : `There is no trash there, and ${doubts.join(", ")}.`,
    yes: "delete",
    then: {
      type: "start",
      task: { verb: "delete copies", target, ids, force: doubts.length > 0 },
    },
  };
}
