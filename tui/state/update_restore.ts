/**
 * The restore modal: choose, look at what would change, restore, undo.
 *
 * @module
 */

import { HoldfastError, isGood, parseTime } from "../../mod.ts";
import { homesOf, isElsewhere, type KnownBackup } from "../known_backup.ts";
import type { RestoreChoice, RestoreOutcome } from "../actions.ts";
import { moment } from "../text/moment.ts";
import { cursorRow, freshList, moved, resorted, shown } from "./backup_list.ts";
import { fieldOf } from "./field.ts";
import type { Message } from "./message.ts";
import type { Preview, RestoreModal } from "./modal.ts";
import { restorePage } from "./page_size.ts";
import { startJob } from "./start_job.ts";
import type { State } from "./state.ts";
import { type Step, step } from "./step.ts";
import { copyStep } from "./update_copies.ts";
import { stop, updateJobs } from "./update_jobs.ts";
import { distance } from "./update_list.ts";

/** The backups that can be restored, also those that have to be fetched first. */
export function candidates(
  { loaded, now, zone }: State,
  { list }: RestoreModal,
): readonly KnownBackup[] {
  const here = (loaded?.backups ?? []).filter((each) =>
    each.status === "available" || isElsewhere(each)
  );
  return shown(here, list, { now, zone });
}

/** What would be restored now. */
export interface Chosen {
  /** One of its own. */
  readonly key: string;
  readonly title: string;
  readonly choice: RestoreChoice;
  /** The targets that have it, where it has to be fetched first. */
  readonly homes?: readonly string[];
}

/** What would be restored now, with a key of its own and a title. */
export function chosen(
  state: State,
  modal: RestoreModal,
): Chosen | undefined {
  if (modal.other !== undefined) return { key: `other ${modal.other.title}`, ...modal.other };
  const rows = candidates(state, modal);
  const row = rows[cursorRow(rows, modal.list)];
  if (row === undefined) return undefined;
  return {
    key: row.id,
    title: moment(row.createdAt, state),
    choice: { backup: row.id },
    ...(isElsewhere(row) ? { homes: homesOf(row) } : {}),
  };
}

/** The next step of the restore modal, or into it. */
export function updateRestore(state: State, message: Message): Step | undefined {
  const { modal } = state;
  if (message.type === "restore") return open(state, message.backup);
  if (message.type === "undo") return undo(state);
  if (modal?.kind !== "restore") return undefined;
  if (message.type === "jobDone" || message.type === "jobFailed") {
    return modal.job === message.job ? ended(state, modal, message) : undefined;
  }
  if (message.type === "previewed" || message.type === "notPreviewed") {
    if (message.of !== modal.previewOf) return step(state);
    const preview = message.type === "previewed"
      ? { kind: "ready", preview: message.preview } as const
      : { kind: "failed", problem: message.problem } as const;
    return step({ ...state, modal: { ...modal, preview } });
  }
  if (message.type === "stop") return stop(state, modal.job);
  if (message.type === "back") return back(state, modal);
  if (message.type === "restoreAnyway") return begin(state, modal, true);
  return modal.step === "choose" ? choose(state, modal, message) : undefined;
}

function choose(state: State, modal: RestoreModal, message: Message): Step | undefined {
  const { list } = modal;
  const to = (change: Partial<RestoreModal>): Step =>
    step({ ...state, modal: { ...modal, ...change } });
  switch (message.type) {
    case "move": {
      const by = distance(message.move, restorePage(state.size));
      return to({ list: moved(list, candidates(state, modal), by), other: undefined });
    }
    case "startFilter":
      return to({ list: { ...list, typing: true }, other: undefined });
    case "sort":
      return to({ list: resorted(list) });
    case "reverse":
      return to({ list: { ...list, descending: !list.descending } });
    case "typeMoment":
      return to({ typed: { kind: "moment", field: fieldOf() } });
    case "typeFile":
      return to({ typed: { kind: "file", field: fieldOf() } });
    case "complete":
      if (modal.typed?.kind !== "file") return step(state);
      return step({ ...state, completing: true }, {
        type: "complete",
        text: modal.typed.field.text,
      });
    case "submit":
      if (modal.typed !== undefined) return takeTyped(state, modal);
      return list.typing ? to({ list: { ...list, typing: false } }) : submit(state, modal);
  }
  return undefined;
}

function open(state: State, backup?: string): Step {
  const { screen, list, loaded, showTrash } = state;
  const [firstRow] = shown(loaded?.backups ?? [], list, state);
  // As `latest` does: past safety backups and those that are not good.
  const latest = loaded?.backups.find((backup) =>
    backup.status === "available" && backup.reason !== "pre-restore" && isGood(backup)
  );
  const ofList = backup === undefined && screen === "backups" && !showTrash;
  const cursor = ofList ? list.cursor ?? firstRow?.id : backup ?? latest?.id;
  const filter = ofList ? list.filter : fieldOf();
  const modal: RestoreModal = {
    kind: "restore",
    step: "choose",
    list: { ...freshList, filter, cursor },
    typed: undefined,
    other: undefined,
    previewOf: undefined,
    preview: { kind: "looking" },
    job: undefined,
    title: "",
    undoing: false,
    result: undefined,
  };
  return step({ ...state, modal });
}

/** A step whose modal looks at what its choice would change. */
export function withPreview({ state, commands }: Step): Step {
  const { modal } = state;
  if (modal?.kind !== "restore" || modal.step !== "choose") return { state, commands };
  const now = chosen(state, modal);
  if (now?.key === modal.previewOf) return { state, commands };
  const homes = now?.homes;
  const preview: Preview = homes === undefined ? { kind: "looking" } : { kind: "elsewhere", homes };
  const next: RestoreModal = { ...modal, previewOf: now?.key, preview };
  const command = now === undefined || homes !== undefined
    ? { type: "endPreview" } as const
    : { type: "preview", of: now.key, choice: now.choice } as const;
  return { state: { ...state, modal: next }, commands: [...commands, command] };
}

function takeTyped(state: State, modal: RestoreModal): Step {
  const { typed } = modal;
  if (typed === undefined) return step(state);
  const text = typed.field.text.trim();
  const other = typed.kind === "file"
    ? { title: `file ${text}`, choice: { backup: text } }
    : momentChoice(text, state);
  if (text === "") return step({ ...state, modal: { ...modal, typed: undefined } });
  if ("error" in other) {
    return step({ ...state, modal: { ...modal, typed: { ...typed, error: other.error } } });
  }
  return step({ ...state, modal: { ...modal, typed: undefined, other } });
}

function momentChoice(
  text: string,
  { now, zone }: State,
): { readonly title: string; readonly choice: RestoreChoice } | { readonly error: string } {
  try {
    const at = parseTime(text, { now, zone });
    return {
      title: `newest good one of ${moment(at.toString(), { now, zone })} or before`,
      choice: { at },
    };
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return { error: error.hint ?? error.message };
  }
}

function submit(state: State, modal: RestoreModal): Step {
  const { preview } = modal;
  if (preview.kind === "elsewhere") {
    const id = chosen(state, modal)?.key;
    return id === undefined ? step(state) : copyStep(state, { action: "restore", backups: [id] });
  }
  if (preview.kind !== "ready") return step(state);
  if (preview.preview.doubts.length === 0) return begin(state, modal, false);
  return step({ ...state, modal: { ...modal, step: "doubts" } });
}

function begin(state: State, modal: RestoreModal, force: boolean): Step {
  const now = chosen(state, modal);
  if (now === undefined) return step(state);
  const started = startJob(state, { verb: "restore", choice: now.choice, force });
  const job = started.state.jobs[0]?.id;
  return {
    state: { ...started.state, modal: { ...modal, step: "running", job, title: now.title } },
    commands: [{ type: "endPreview" }, ...started.commands],
  };
}

function undo(state: State): Step {
  const opened = state.modal?.kind === "restore" ? state.modal : open(state).state.modal;
  if (opened?.kind !== "restore") return step(state);
  const started = startJob(state, { verb: "undo" });
  const job = started.state.jobs[0]?.id;
  const modal: RestoreModal = {
    ...opened,
    step: "running",
    job,
    title: "the state before",
    undoing: true,
    result: undefined,
  };
  return { ...started, state: { ...started.state, modal } };
}

function ended(
  state: State,
  modal: RestoreModal,
  message: Extract<Message, { type: "jobDone" | "jobFailed" }>,
): Step | undefined {
  const after = updateJobs(state, message);
  if (after === undefined) return undefined;
  if (message.type === "jobDone") {
    const result = isRestore(message.result) ? message.result : undefined;
    // The modal shows the result: a toast would say it twice.
    const quiet = { ...after.state, toasts: state.toasts };
    return { ...after, state: { ...quiet, modal: { ...modal, step: "done", result } } };
  }
  if (message.problem.code === "CANCELLED") {
    return { ...after, state: { ...after.state, modal: undefined } };
  }
  const quiet = { ...after.state, toasts: state.toasts };
  return { ...after, state: { ...quiet, modal: { ...modal, step: "failed" } } };
}

function isRestore(result: object): result is RestoreOutcome {
  return "undoable" in result;
}

/** Escape: out of what is typed, out of the filter, out of the modal. */
function back(state: State, modal: RestoreModal): Step {
  const { list, typed, step: at } = modal;
  const to = (change: Partial<RestoreModal>): Step =>
    step({ ...state, modal: { ...modal, ...change } });
  if (at === "doubts") return to({ step: "choose" });
  if (at === "choose" && typed !== undefined) return to({ typed: undefined });
  if (at === "choose" && list.typing) {
    return to({ list: { ...list, typing: false, filter: fieldOf() } });
  }
  if (at === "choose" && modal.other !== undefined) return to({ other: undefined });
  return step({ ...state, modal: undefined }, { type: "endPreview" });
}
