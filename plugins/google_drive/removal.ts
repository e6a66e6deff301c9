/**
 * Removing an object: to the bin, or for good.
 *
 * @module
 */

import * as v from "valibot";
import type { TargetCallOptions } from "../../core/extend/target.ts";
import { readAnswer } from "./answer.ts";
import type { Drive } from "./drive.ts";
import type { DriveRequest } from "./drive_client.ts";
import { type DriveFile, property } from "./drive_file.ts";
import { allOf, findObject, forgetId } from "./objects.ts";
import { forgetSession } from "./upload_session.ts";

/** Removes every file of ours for the key; copies that a person made stay. */
export async function removeObject(
  drive: Drive,
  key: string,
  { signal }: TargetCallOptions,
): Promise<void> {
  signal.throwIfAborted();
  const call = { signal };
  const files = new Map<string, DriveFile>();
  const known = await findObject(drive, key, call);
  for (const file of [...(known === undefined ? [] : [known]), ...await allOf(drive, key, call)]) {
    files.set(file.id, file);
  }
  for (const { id } of files.values()) {
    const request = removal(drive.settings.removal, id);
    await drive.client.send(
      { ...request, action: `remove "${key}"`, accept: [404] },
      call,
      confirmed,
    );
    drive.removed.add(id);
  }
  drive.put.delete(key);
  await forgetId(drive, key);
  await forgetSession(drive, key);
}

/** Believes Google's own answer only: the portal of a network answers anything with 200. */
async function confirmed(response: Response): Promise<void> {
  if (response.status !== 200) return await response.body?.cancel();
  readAnswer(v.object({ id: v.string() }), await response.json(), "remove a file");
}

/** The request. What holdfast moves to the bin is marked, to be told from what a person does. */
function removal(how: "bin" | "forever", id: string): Omit<DriveRequest, "action"> {
  const path = `drive/v3/files/${encodeURIComponent(id)}`;
  if (how === "forever") return { method: "DELETE", path };
  return {
    method: "PATCH",
    path,
    query: { fields: "id" },
    headers: { "content-type": "application/json; charset=UTF-8" },
    body: JSON.stringify({ trashed: true, appProperties: { [property.removed]: "1" } }),
  };
}
