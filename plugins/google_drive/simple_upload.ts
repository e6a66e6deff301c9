/**
 * A small body in one request, with what is told of it (`multipart/related`).
 *
 * @see https://developers.google.com/workspace/drive/api/guides/manage-uploads#multipart
 *
 * @module
 */

import { exactStream } from "../../core/extend/exact_stream.ts";
import { abortableStream } from "../../core/extend/abortable_stream.ts";
import type { Drive } from "./drive.ts";
import { type DriveFile, fileFields, fileSchema } from "./drive_file.ts";
import type { Uploaded } from "./resumable_upload.ts";
import { uploadMetadata, type UploadPlan, uploadRequest } from "./upload_plan.ts";
import { createHash } from "node:crypto";

/** Sends the body. Throws a `GoogleError` of status 409 where the ID is taken. */
export async function uploadSimple(drive: Drive, plan: UploadPlan): Promise<Uploaded> {
  const { body, options: { signal } } = plan;
  const bytes = await new Response(abortableStream(exactStream(body), signal)).bytes();
  const boundary = `holdfast-${crypto.randomUUID()}`;
  const head = `--${boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n` +
    `${uploadMetadata(plan)}\r\n--${boundary}\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const parts = new Blob([head, bytes, `\r\n--${boundary}--\r\n`]);
  const file: DriveFile = await drive.client.json(fileSchema, {
    ...uploadRequest(plan),
    action: `upload "${plan.key}"`,
    query: { uploadType: "multipart", fields: fileFields },
    headers: { "content-type": `multipart/related; boundary=${boundary}` },
    body: await parts.bytes(),
  }, { signal });
  return { file, sha256: createHash("sha256").update(bytes).digest("hex") };
}
