/**
 * Putting an object: once, whole, and checked by Google's own hash.
 *
 * @module
 */

import type { Body } from "../../core/extend/body.ts";
import type { PutOptions } from "../../core/extend/target.ts";
import { TargetError } from "../../core/extend/target_error.ts";
import type { Drive } from "./drive.ts";
import type { DriveFile } from "./drive_file.ts";
import { getFile } from "./files.ts";
import { GoogleError } from "./google_error.ts";
import { findObject, keepId, keptId } from "./objects.ts";
import { checkRoom } from "./quota.ts";
import { type Uploaded, uploadResumable } from "./resumable_upload.ts";
import { uploadSimple } from "./simple_upload.ts";
import type { UploadPlan } from "./upload_plan.ts";

/** Below this it is not worth a request to ask for the room: the upload tells as fast. */
const worthAsking = 256 * 1024;
/** So often the file may come or go under our hands before it is given up for now. */
const mostPlans = 4;

/** Puts an object. Where Drive has the same bytes already, nothing is sent. */
export async function putObject(
  drive: Drive,
  key: string,
  { body, options }: { readonly body: Body; readonly options: PutOptions },
): Promise<void> {
  const call = { signal: options.signal };
  call.signal.throwIfAborted();
  const folderId = await drive.folder.ensure(call);
  let asked = body.size < worthAsking;
  const spent = new Set<string>();
  for (let plans = 0; plans < mostPlans; plans++) {
    const there = await findObject(drive, key, call);
    if (there !== undefined && isSame(there, body.size, options.sha256)) {
      return finish(drive, { key, file: there, options });
    }
    if (!asked) await checkRoom(drive, body.size, call);
    asked = true;
    const fileId = there?.id ?? await newId(drive, key, { spent, signal: call.signal });
    const plan = { key, body, options, folderId, fileId, exists: there !== undefined };
    const uploaded = await send(drive, plan);
    spent.add(fileId);
    if (uploaded === undefined) continue;
    await verify(drive, plan, uploaded);
    return finish(drive, { key, file: uploaded.file, options });
  }
  throw new TargetError("unavailable", `Cannot upload "${key}": the file keeps changing in Drive`);
}

/** Sends the bytes; `undefined` where the file came or went meanwhile. */
async function send(drive: Drive, plan: UploadPlan): Promise<Uploaded | undefined> {
  const simple = plan.body.size <= drive.runtime.simpleLimit;
  try {
    return await (simple ? uploadSimple(drive, plan) : uploadResumable(drive, plan));
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    // 409: the ID is in use, because only the answer of an earlier attempt was lost.
    if (error.status === 409 && !plan.exists) return undefined;
    if (error.status !== 404) throw error;
    // 404: the file to fill was deleted meanwhile, or the folder was.
    drive.folder.forget();
    await drive.folder.ensure({ signal: plan.options.signal });
    return undefined;
  }
}

/**
 * An ID for a new file, kept before it is used. The kept one is used again, unless
 * Google knows it already: then its file is in the bin, or no object of ours.
 */
async function newId(
  drive: Drive,
  key: string,
  { spent, signal }: { readonly spent: ReadonlySet<string>; readonly signal: AbortSignal },
): Promise<string> {
  const kept = await keptId(drive, key);
  if (kept !== undefined && !spent.has(kept)) {
    if (await getFile(drive.client, kept, { signal }) === undefined) return kept;
  }
  const id = await drive.ids.take({ signal });
  await keepId(drive, key, id);
  return id;
}

/** Whether the file has these bytes, as far as both sides know. */
function isSame(file: DriveFile, size: number, sha256: string | undefined): boolean {
  return sha256 !== undefined && file.size === size && file.sha256Checksum === sha256;
}

/**
 * Compares size and hash with what Google computed from what it has. A file that
 * differs is deleted: a bad copy is worse than none.
 */
async function verify(drive: Drive, plan: UploadPlan, { file, sha256 }: Uploaded): Promise<void> {
  const { key, body, options } = plan;
  const call = { signal: options.signal };
  const wanted = options.sha256 ?? sha256;
  const told = file.sha256Checksum === undefined
    ? await getFile(drive.client, file.id, call) ?? file
    : file;
  const good = told.size === body.size &&
    (told.sha256Checksum === undefined || wanted === undefined || told.sha256Checksum === wanted);
  if (good && told.trashed) {
    throw new TargetError("invalid", `Cannot keep "${key}": its folder lies in the bin of Drive`, {
      hint: "Restore the folder there (https://drive.google.com/drive/trash).",
    });
  }
  if (good) return;
  await drive.client.send(
    {
      action: `delete the damaged "${key}"`,
      method: "DELETE",
      path: `drive/v3/files/${encodeURIComponent(file.id)}`,
      accept: [404],
    },
    call,
    async (response) => await response.body?.cancel(),
  );
  throw new TargetError("corrupt", `Cannot upload "${key}": other bytes arrived than were sent`, {
    hint: "The copy in Drive was deleted. Check the local file, then run it again.",
  });
}

/** Remembers the file, and tells that all is there. */
async function finish(
  drive: Drive,
  done: { readonly key: string; readonly file: DriveFile; readonly options: PutOptions },
): Promise<void> {
  const { key, file, options } = done;
  if (await keptId(drive, key) !== file.id) await keepId(drive, key, file.id);
  drive.put.set(key, file.id);
  drive.removed.delete(file.id);
  options.onProgress?.(file.size);
}
