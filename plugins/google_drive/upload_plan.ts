/**
 * What an upload has to do: make a file with an ID of its own, or give new bytes
 * to the one that is there.
 *
 * @module
 */

import type { Body } from "../../core/extend/body.ts";
import type { PutOptions } from "../../core/extend/target.ts";
import { newPropertiesOf, propertiesOf } from "./drive_file.ts";

/** One upload. */
export interface UploadPlan {
  readonly key: string;
  readonly body: Body;
  readonly options: PutOptions;
  readonly folderId: string;
  /** The file to fill: one that is there, or an ID that was taken for it. */
  readonly fileId: string;
  /** The file is there. */
  readonly exists: boolean;
}

/** The method and the path of the request that begins it. */
export function uploadRequest(
  plan: UploadPlan,
): { readonly method: string; readonly path: string } {
  const files = "upload/drive/v3/files";
  return plan.exists
    ? { method: "PATCH", path: `${files}/${encodeURIComponent(plan.fileId)}` }
    : { method: "POST", path: files };
}

/** What is told of the file, as JSON. */
export function uploadMetadata(plan: UploadPlan): string {
  const { key, folderId, fileId: id, options: { sha256 } } = plan;
  const identity = { key, id, folderId, sha256 };
  if (plan.exists) return JSON.stringify({ appProperties: propertiesOf(identity) });
  return JSON.stringify({
    id,
    name: key,
    parents: [folderId],
    mimeType: "application/octet-stream",
    appProperties: newPropertiesOf(identity),
  });
}
