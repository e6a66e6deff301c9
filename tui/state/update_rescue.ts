/**
 * Bringing single rows back: choose a table, see what the live database lacks, mark.
 *
 * @module
 */

import { counted } from "../text/count.ts";
import { moment } from "../text/moment.ts";
import { chosenInList } from "./listed.ts";
import type { Message } from "./message.ts";
import type { AskModal, RescueModal } from "./modal.ts";
import { pageStep } from "./page_size.ts";
import { startJob } from "./start_job.ts";
import type { State } from "./state.ts";
import { type Step, step } from "./step.ts";
import { updateJobs } from "./update_jobs.ts";
import { distance } from "./update_list.ts";

/** The next step of it, or into it. */
export function updateRescue(state: State, message: Message): Step | undefined {
  const { modal } = state;
  if (message.type === "rescue") return open(state);
  if (modal?.kind !== "rescue") return undefined;
  switch (message.type) {
    case "move": {
      const last = Math.max(0, rowCount(modal) - 1);
      const row = modal.row + distance(message.move, pageStep(state.size));
      return step({ ...state, modal: { ...modal, row: Math.min(last, Math.max(0, row)) } });
    }
    case "mark":
      return step({ ...state, modal: mark(modal) });
    case "submit":
      return modal.table === undefined ? look(state, modal) : ask(state, modal);
    case "back":
      return step({ ...state, modal: modal.table === undefined ? undefined : atTables(modal) });
    case "jobDone":
    case "jobFailed":
      return message.job === modal.job ? looked(state, modal, message) : undefined;
  }
  return undefined;
}

function rowCount({ table, tables, missing }: RescueModal): number {
  return table === undefined ? tables.length : missing?.rows.length ?? 0;
}

function open(state: State): Step {
  const [backup] = chosenInList(state);
  if (backup === undefined) return step(state);
  const modal: RescueModal = {
    kind: "rescue",
    backup: backup.id,
    title: moment(backup.createdAt, state),
    tables: Object.keys(backup.metadata.recordCount ?? {}).sort(),
    table: undefined,
    job: undefined,
    missing: undefined,
    row: 0,
    marked: [],
  };
  return step({ ...state, modal });
}

function atTables(modal: RescueModal): RescueModal {
  const row = Math.max(0, modal.tables.indexOf(modal.table ?? ""));
  return { ...modal, table: undefined, job: undefined, missing: undefined, row, marked: [] };
}

function mark(modal: RescueModal): RescueModal {
  const id = modal.missing?.rows[modal.row]?.id;
  if (id === undefined) return modal;
  const marked = modal.marked.includes(id)
    ? modal.marked.filter((each) => each !== id)
    : [...modal.marked, id];
  return { ...modal, marked, row: Math.min(rowCount(modal) - 1, modal.row + 1) };
}

function look(state: State, modal: RescueModal): Step {
  const table = modal.tables[modal.row];
  if (table === undefined) return step(state);
  const started = startJob(state, { verb: "look", backup: modal.backup, table });
  const job = started.state.jobs[0]?.id;
  const next: RescueModal = { ...modal, table, job, missing: undefined, row: 0, marked: [] };
  return { ...started, state: { ...started.state, modal: next } };
}

function looked(
  state: State,
  modal: RescueModal,
  message: Extract<Message, { type: "jobDone" | "jobFailed" }>,
): Step | undefined {
  const after = updateJobs(state, message);
  if (after === undefined) return undefined;
  if (message.type === "jobFailed") {
    return { ...after, state: { ...after.state, modal: atTables(modal) } };
  }
  const missing = message.result.missing ?? { total: 0, rows: [] };
  return {
    ...after,
    state: { ...after.state, toasts: state.toasts, modal: { ...modal, missing } },
  };
}

/** Asks, with the number of rows. */
function ask(state: State, modal: RescueModal): Step {
  const { backup, table = "", missing, marked } = modal;
  const chosen = (missing?.rows ?? []).filter(({ id }) => marked.includes(id));
  const where = chosen.flatMap((row) => row.where === undefined ? [] : [`(${row.where})`]);
  const rows = chosen.length > 0 ? chosen.length : missing?.total ?? 0;
  const choice = where.length > 0
    ? { backup, table, where: where.join(" OR ") }
    : { backup, table };
  const question: AskModal = {
    kind: "ask",
    question: `Bring ${counted(rows, "row")} of ${table} back?`,
    detail: "A backup of the current state is created first; undo takes the rows out again.",
    yes: "bring back",
    then: { type: "start", task: { verb: "rescue", choice } },
  };
  return step({ ...state, modal: question });
}
