/**
 * Moving through lists and texts, filtering, sorting, marking.
 *
 * @module
 */

import { detailLines } from "../text/backup_details.ts";
import { keptWords } from "../text/kept_words.ts";
import { activityRows } from "./activity_rows.ts";
import { cursorRow, freshList, moved, resorted, shown, toggledMark } from "./backup_list.ts";
import { detailsPlace } from "./details_place.ts";
import { fieldOf } from "./field.ts";
import type { Message, Move } from "./message.ts";
import { listed } from "./listed.ts";
import { bodyRows, pageStep } from "./page_size.ts";
import { plannedRows } from "./planned_rows.ts";
import type { State } from "./state.ts";
import { type Step, step } from "./step.ts";

/** The next step in the list, the activity or a text. */
export function updateList(state: State, message: Message): Step | undefined {
  const { list, modal, screen } = state;
  if (message.type === "move") return move(state, message.move);
  if (screen !== "backups" || modal !== undefined) return undefined;
  switch (message.type) {
    case "startFilter":
      return step({ ...state, list: { ...list, typing: true } });
    case "submit":
      return step({ ...state, list: { ...list, typing: false, cursor: undefined } });
    case "back":
      return step({ ...state, list: { ...list, typing: false, filter: fieldOf() } });
    case "sort":
      return step({ ...state, list: resorted(list) });
    case "reverse":
      return step({ ...state, list: { ...list, descending: !list.descending } });
    case "mark": {
      const rows = shown(listed(state), list, state);
      const row = rows[cursorRow(rows, list)];
      if (row === undefined) return step(state);
      return step({ ...state, list: moved(toggledMark(list, row.id), rows, 1) });
    }
    case "unmark":
      return step({ ...state, list: { ...list, marked: freshList.marked } });
    case "toggleDetails":
      return details(state);
  }
  return undefined;
}

/** Shows or hides the details; a small window gives them a page of their own. */
function details(state: State): Step {
  if (detailsPlace(state.size) !== "none") {
    return step({ ...state, showDetails: !state.showDetails });
  }
  const rows = shown(listed(state), state.list, state);
  const row = rows[cursorRow(rows, state.list)];
  if (row === undefined) return step(state);
  const lines = detailLines(row, state.zone, keptWords(state, row.id));
  return step({ ...state, modal: { kind: "read", title: "Backup", lines, top: 0 } });
}

/** By how many rows a move goes. */
export function distance(move: Move, page: number): number {
  switch (move) {
    case "up":
      return -1;
    case "down":
      return 1;
    case "pageUp":
      return -page;
    case "pageDown":
      return page;
    case "first":
      return -Infinity;
    case "last":
      return Infinity;
  }
}

function move(state: State, way: Move): Step | undefined {
  const { modal, screen, list } = state;
  const by = distance(way, pageStep(state.size));
  if (modal?.kind === "help" || modal?.kind === "read") {
    const length = modal.kind === "read" ? modal.lines.length : Infinity;
    const most = Math.max(0, length - bodyRows(state.size) + 2);
    const top = Math.min(most, Math.max(0, modal.top + by));
    return step({ ...state, modal: { ...modal, top: Number.isFinite(top) ? top : 0 } });
  }
  if (modal !== undefined) return undefined;
  if (screen === "backups") {
    const rows = shown(listed(state), list, state);
    return step({ ...state, list: moved(list, rows, by) });
  }
  if (screen === "retention") {
    const last = Math.max(0, plannedRows(state).length - 1);
    return step({ ...state, planRow: Math.min(last, Math.max(0, state.planRow + by)) });
  }
  if (screen === "settings") {
    const last = Math.max(0, (state.loaded?.settings.length ?? 0) - 1);
    return step({ ...state, settingRow: Math.min(last, Math.max(0, state.settingRow + by)) });
  }
  if (screen === "activity") {
    const last = Math.max(0, activityRows(state).length - 1);
    const activityRow = Math.min(last, Math.max(0, state.activityRow + by));
    return step({ ...state, activityRow });
  }
  return undefined;
}
