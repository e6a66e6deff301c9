/**
 * Keeps the cursor on what it stands on when rows come or go above it: the next key is
 * meant for that row.
 *
 * @module
 */

import { activityRows } from "./activity_rows.ts";
import { shown } from "./backup_list.ts";
import { listed } from "./listed.ts";
import type { State } from "./state.ts";
import type { Step } from "./step.ts";

/** The step with the cursor on the same row as before. */
export function withSameRow(before: State, { state, commands }: Step): Step {
  if (before.screen !== state.screen) return { state, commands };
  const same = state.screen === "backups" && before.loaded !== state.loaded
    ? sameBackup(before, state)
    : state.screen === "activity" && before.activityRow === state.activityRow
    ? sameActivity(before, state)
    : state;
  return { state: same, commands };
}

/** The first row has no name until something comes above it. */
function sameBackup(before: State, state: State): State {
  const { list } = state;
  if (list.cursor !== undefined || before.list !== list) return state;
  return { ...state, list: { ...list, cursor: shown(listed(before), list, before)[0]?.id } };
}

function sameActivity(before: State, state: State): State {
  if (before.jobs === state.jobs && before.loaded === state.loaded) return state;
  const id = idAt(before);
  const row = activityRows(state).findIndex((each) => idOf(each) === id);
  return row < 0 || id === undefined ? state : { ...state, activityRow: row };
}

function idAt(state: State): string | undefined {
  const row = activityRows(state)[state.activityRow];
  return row && idOf(row);
}

function idOf(row: ReturnType<typeof activityRows>[number]): string {
  return row.kind === "job" ? row.job.id : row.run.id;
}
