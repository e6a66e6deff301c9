/**
 * Why a key does nothing now, as sentences.
 *
 * @module
 */

import { activityRows } from "./state/activity_rows.ts";
import { cursorRow, shown } from "./state/backup_list.ts";
import { homesOf, isElsewhere } from "./known_backup.ts";
import { isRunning } from "./state/job.ts";
import { chosenInList, listed } from "./state/listed.ts";
import { plannedRows } from "./state/planned_rows.ts";
import type { State } from "./state/state.ts";

/** A backup needs a database. */
export function noDatabase({ loaded }: State): string | undefined {
  if (loaded === undefined) return "The database has not been read yet";
  return loaded.databaseSize === undefined ? "The database file is missing" : undefined;
}

/** A restore needs a backup. */
export function noBackups({ loaded }: State): string | undefined {
  if (loaded === undefined) return "The backups have not been read yet";
  const some = loaded.backups.some(({ status }) => status === "available");
  return some ? undefined : "There is no backup yet";
}

/** A backup that is not here can be fetched and restored. */
export function nothingToRestore(state: State): string | undefined {
  return state.loaded?.backups.some(isElsewhere) ? undefined : noBackups(state);
}

/** Some keys need a row under the cursor. */
export function noRow(state: State): string | undefined {
  const rows = shown(listed(state), state.list, state);
  return rows[cursorRow(rows, state.list)] === undefined ? "No backup is selected" : undefined;
}

/** What lies in the trash only comes back. */
export function inTrash(state: State): string | undefined {
  return noRow(state) ?? (state.showTrash ? "It lies in the trash: U brings it back" : undefined);
}

/** What only a target has must be fetched before anybody can look into it. */
export function notHere(state: State): string | undefined {
  const away = chosenInList(state).find(isElsewhere);
  if (away === undefined) return inTrash(state);
  return `It lies only on ${homesOf(away).join(", ")}: f fetches it`;
}

/** Only what is not here is fetched, from where it is. */
export function nothingToFetch(state: State): string | undefined {
  const chosen = chosenInList(state);
  if (state.showTrash || chosen.some(isElsewhere)) return inTrash(state);
  if (chosen.some(({ status }) => status === "missing")) return "No target has a copy of it";
  return noRow(state) ?? "It is here already";
}

/** Only a copy on a target can be deleted there. */
export function noCopy(state: State): string | undefined {
  if (chosenInList(state).some((backup) => homesOf(backup).length > 0)) return inTrash(state);
  return inTrash(state) ?? "No target has a copy of it";
}

/** Where nothing is here, nothing can be deleted here. */
export function onlyElsewhere(state: State): string | undefined {
  const chosen = chosenInList(state);
  if (chosen.length > 0 && chosen.every(isElsewhere)) return "Only a copy is left: X deletes that";
  return inTrash(state);
}

/** Only what lies in the trash comes back. */
export function notInTrash(state: State): string | undefined {
  return state.showTrash ? noRow(state) : "It does not lie in the trash: t shows the trash";
}

/** The policy may keep everything. */
export function nothingToPrune({ loaded }: State): string | undefined {
  if (loaded?.plan === undefined) return "There is no backup yet";
  if (loaded.plan.suspended !== undefined) return "The last backup failed: nothing is deleted";
  return loaded.plan.delete.length === 0 ? "The policy keeps everything" : undefined;
}

/** The plan may be empty. */
export function noPlanRow(state: State): string | undefined {
  return plannedRows(state)[state.planRow] === undefined ? "No backup is selected" : undefined;
}

/** An undo needs a restore. */
export function noRestore({ loaded }: State): string | undefined {
  const some = loaded?.backups.some(({ reason }) => reason === "pre-restore") ?? false;
  return some ? undefined : "Nothing was restored yet";
}

/** Nobody restores what nobody has looked at. */
export function noPreview({ modal }: State): string | undefined {
  if (modal?.kind !== "restore") return undefined;
  if (modal.preview.kind === "looking") return "What would change is still being looked at";
  return modal.preview.kind === "failed" ? modal.preview.problem.message : undefined;
}

/** The point of no return of a restore. */
export function pastReturn({ modal, jobs }: State): string | undefined {
  if (modal?.kind !== "restore") return undefined;
  const job = jobs.find(({ id }) => id === modal.job);
  if (job?.outcome === "stopping") return "It is being stopped";
  return job?.pastReturn ? "The database is restored already; undo follows in a moment" : undefined;
}

/** Only what was restored can be undone. */
export function unfinished({ modal }: State): string | undefined {
  if (modal?.kind !== "restore") return undefined;
  if (modal.step === "failed") return "Nothing was restored";
  return modal.result?.undoable ? undefined : "There was no state before to bring back";
}

/** Only what runs can be stopped. */
export function nothingToStop(state: State): string | undefined {
  const row = activityRows(state)[state.activityRow];
  if (row === undefined) return "Nothing was done here yet";
  if (row.kind === "run") return "It is not the work of this window";
  return isRunning(row.job) ? undefined : "It has ended already";
}

/** What came out is known once it has ended. */
export function nothingToRead(state: State): string | undefined {
  const row = activityRows(state)[state.activityRow];
  if (row === undefined) return "Nothing was done here yet";
  return row.kind === "job" && isRunning(row.job) ? "It is still at work" : undefined;
}

/** There may be no news. */
export function nothingToDismiss({ toasts }: State): string | undefined {
  return toasts.length === 0 ? "There is no news" : undefined;
}

/** Tables are known where their rows were counted. */
export function noTables(state: State): string | undefined {
  const hidden = notHere(state);
  if (hidden !== undefined) return hidden;
  const [row] = chosenInList(state);
  const known = Object.keys(row?.metadata.recordCount ?? {}).length > 0;
  return known ? undefined : "Its tables are not known";
}

/** Rows can be brought back once they were found. */
export function nothingMissing({ modal }: State): string | undefined {
  if (modal?.kind !== "rescue" || modal.table === undefined) return undefined;
  if (modal.missing === undefined) return "The rows are still being looked for";
  return modal.missing.total === 0 ? "The live database has all of these rows" : undefined;
}

/** Only rows whose key can be written down can be chosen one by one. */
export function notMarkable(state: State): string | undefined {
  const { modal } = state;
  if (modal?.kind !== "rescue" || modal.table === undefined) return "Choose a table first";
  const row = modal.missing?.rows[modal.row];
  if (row === undefined) return nothingMissing(state) ?? "No row is selected";
  return row.where === undefined ? "This row has no key that can be named" : undefined;
}

/** Settings are kept in a file. */
export function noSettingsFile({ abilities }: State): string | undefined {
  const words = "There is no configuration file: `holdfast init` writes one";
  const can = abilities.includes("saveSetting") || abilities.includes("writeConfig");
  return can ? undefined : words;
}

/** Some keys need a target under the cursor. */
export function noTarget({ loaded, targetRow }: State): string | undefined {
  const some = loaded?.targets?.[targetRow] !== undefined;
  return some ? undefined : "There is no target yet: n adds one";
}

/** Copies are made of backups. */
export function noTargetOrBackup(state: State): string | undefined {
  return noTarget(state) ?? noBackups(state);
}

/** Work has to end before its window closes. */
export function stillAtWork({ modal, jobs }: State): string | undefined {
  if (modal?.kind !== "live") return undefined;
  const job = jobs.find(({ id }) => id === modal.job);
  return job !== undefined && isRunning(job) ? "It is still at work: esc stops it" : undefined;
}
