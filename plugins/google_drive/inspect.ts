/**
 * What people did to the files in Drive, told and never guessed about.
 *
 * @module
 */

import type { Drive } from "./drive.ts";
import type { DriveCall } from "./drive_client.ts";
import { type DriveFile, isOriginal, keyOf, property } from "./drive_file.ts";
import { has, listFiles } from "./files.ts";
import type { DriveFinding } from "./finding.ts";
import { connectAgain } from "./google_error.ts";

/** What {@linkcode inspectFiles} is given. */
export interface InspectCall extends DriveCall {
  /** The keys that should be there, as the catalog knows them. */
  readonly expected?: readonly string[] | undefined;
}

const rename = "holdfast finds it by its own mark: nothing has to be done.";

/** Compares folder and files in Drive with what holdfast made of them. */
export async function inspectFiles(
  drive: Drive,
  call: InspectCall,
): Promise<readonly DriveFinding[]> {
  if (!await drive.folder.isChosen()) return [];
  const folder = await drive.folder.look(call);
  if (folder === undefined) {
    const message = `The folder "${drive.settings.folder}" is gone from Google Drive`;
    return [{ kind: "folder_missing", level: "problem", message, hint: connectAgain }];
  }
  const findings: DriveFinding[] = [...folderFindings(folder, drive.settings.folder)];
  // Its files are in the bin with it: one finding says it all.
  if (folder.trashed) return findings;
  const copies = new Map<string, DriveFile[]>();
  const query = has("folder", folder.id);
  for await (const file of listFiles(drive.client, query, call)) {
    const key = keyOf(file);
    if (key !== undefined) copies.set(key, [...copies.get(key) ?? [], file]);
  }
  for (const [key, files] of copies) findings.push(...keyFindings(key, files, folder.id));
  for (const key of call.expected ?? []) {
    if (!copies.get(key)?.some(isOriginal)) findings.push(missing(key));
  }
  return findings;
}

/** About the folder itself. */
function folderFindings(folder: DriveFile, name: string): readonly DriveFinding[] {
  if (folder.trashed) {
    const message = `The folder "${name}" lies in the bin of Google Drive`;
    const hint = "Restore it there: Google empties the bin after 30 days.";
    return [{ kind: "folder_trashed", level: "problem", message, hint }];
  }
  if (folder.name === name) return [];
  const message = `The folder "${name}" is now called "${folder.name}" in Google Drive`;
  return [{ kind: "folder_renamed", level: "warning", message, hint: rename }];
}

/** About the files of one key. */
function keyFindings(
  key: string,
  files: readonly DriveFile[],
  folderId: string,
): readonly DriveFinding[] {
  const originals = files.filter(isOriginal);
  const live = originals.filter(({ trashed }) => !trashed);
  const findings = live.flatMap((file) => fileFindings(key, file, folderId));
  const byPerson = originals.find((file) =>
    file.trashed && file.appProperties[property.removed] !== "1"
  );
  if (live.length === 0 && byPerson !== undefined) {
    const message = `"${key}" was moved to the bin of Google Drive`;
    const hint = "Restore it there within 30 days, if it is to stay.";
    findings.push({ kind: "trashed", level: "problem", key, message, hint });
  }
  if (live.length > 1) {
    const message = `"${key}" is there ${live.length} times; the newest is used`;
    const hint = "Two machines may use one configuration: give each a folder of its own.";
    findings.push({ kind: "twin", level: "warning", key, message, hint });
  }
  for (const copy of files.filter((file) => !isOriginal(file) && !file.trashed)) {
    const message = `"${copy.name}" is a copy of "${key}" that a person made; it is left alone`;
    findings.push({ kind: "copied", level: "warning", key, message });
  }
  return findings;
}

/** About one file. */
function fileFindings(key: string, file: DriveFile, folderId: string): DriveFinding[] {
  const findings: DriveFinding[] = [];
  if (file.name !== key) {
    const message = `"${key}" is now called "${file.name}" in Google Drive`;
    findings.push({ kind: "renamed", level: "warning", key, message, hint: rename });
  }
  if (!file.parents.includes(folderId)) {
    const message = `"${key}" was moved to another folder of Google Drive`;
    findings.push({ kind: "moved", level: "warning", key, message, hint: rename });
  }
  const put = file.appProperties[property.sha256];
  if (put !== undefined && file.sha256Checksum !== undefined && file.sha256Checksum !== put) {
    const message = `"${key}" has other bytes in Google Drive than holdfast put there`;
    const hint = 'Its earlier version may be under "Manage versions" in Drive. Do not restore it.';
    findings.push({ kind: "changed", level: "problem", key, message, hint });
  }
  return findings;
}

/** About a file that is not even in the bin. */
function missing(key: string): DriveFinding {
  const message = `"${key}" is gone from Google Drive`;
  const hint = "`holdfast push` uploads it again, if the backup is still here.";
  return { kind: "missing", level: "problem", key, message, hint };
}
