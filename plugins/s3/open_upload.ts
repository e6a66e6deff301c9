/**
 * Beginning an upload in parts, or going on with one that did not end.
 *
 * @module
 */

import { answerText, type Body, type PutOptions } from "../../core/extend/mod.ts";
import { unquoted } from "./etag.ts";
import { objectHeaders, type PutSettings } from "./put_settings.ts";
import type { S3Client } from "./s3_client.ts";
import { childrenOf, readXml, textOf } from "./s3_xml.ts";
import { statObject } from "./stat_object.ts";
import { sweepUploads } from "./sweep_uploads.ts";
import type { UploadSession } from "./upload_sessions.ts";

/** What an upload in parts works with. */
export interface PartsJob {
  readonly client: S3Client;
  readonly settings: PutSettings;
  readonly object: { readonly key: string; readonly body: Body };
}

/** An upload that takes parts. */
export interface OpenUpload {
  readonly uploadId: string;
  readonly partSize: number;
  /** The parts that the store holds already: ETag by number, with their size. */
  readonly held: ReadonlyMap<number, HeldPart>;
}

/** A part that the store holds. */
export interface HeldPart {
  readonly etag: string;
  readonly size: number;
}

/** A rule of S3: an upload has at most 10,000 parts. */
const mostParts = 10_000;

/** Bytes by which parts grow where there would be too many. */
const step = 1024 * 1024;

/** The size of each part, so that there are not too many. */
export function partSizeFor(size: number, partSize: number): number {
  return Math.max(partSize, Math.ceil(size / mostParts / step) * step);
}

/** An upload to send parts to; `"stored"` where the object is there whole since the last try. */
export async function openUpload(
  job: PartsJob,
  options: PutOptions,
): Promise<OpenUpload | "stored"> {
  const { settings: { sessions, partSize }, object: { key, body } } = job;
  const session = await sessions.find(key);
  if (session !== undefined && session.size === body.size && session.sha256 === options.sha256) {
    const held = await heldParts(job, session, options.signal);
    if (held !== undefined) {
      return { uploadId: session.uploadId, partSize: session.partSize, held };
    }
    if (options.sha256 !== undefined) {
      // The last try may have ended it without hearing so.
      const stored = await statObject(job.client, key, options.signal);
      if (stored?.size === body.size && stored.sha256 === options.sha256) return "stored";
    }
  } else if (session !== undefined) await abortUpload(job, session.uploadId, options.signal);
  return await beginUpload(job, partSizeFor(body.size, partSize), options);
}

/** Begins an upload. */
async function beginUpload(
  { client, settings, object: { key, body } }: PartsJob,
  partSize: number,
  { signal, sha256 }: PutOptions,
): Promise<OpenUpload> {
  const response = await client.request({
    action: `Cannot begin the upload of "${key}"`,
    method: "POST",
    key,
    query: { uploads: "" },
    headers: objectHeaders(sha256, settings.storageClass),
    signal,
  });
  const uploadId = textOf(readXml(await answerText(response)), "UploadId");
  await settings.sessions.keep(key, {
    uploadId,
    size: body.size,
    partSize,
    ...(sha256 === undefined ? {} : { sha256 }),
  });
  const now = Date.parse(response.headers.get("date") ?? "");
  if (Number.isFinite(now)) {
    const at = Temporal.Instant.fromEpochMilliseconds(now);
    await sweepUploads({ client, sessions: settings.sessions }, at, signal);
  }
  return { uploadId, partSize, held: new Map() };
}

/** The parts that the store holds; `undefined` where it does not know the upload. */
async function heldParts(
  { client, object: { key } }: PartsJob,
  { uploadId }: UploadSession,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, HeldPart> | undefined> {
  const held = new Map<number, HeldPart>();
  for (let marker = "";;) {
    const response = await client.request({
      action: `Cannot go on with the upload of "${key}"`,
      method: "GET",
      key,
      query: { uploadId, ...(marker === "" ? {} : { "part-number-marker": marker }) },
      expected: [404],
      signal,
    });
    const text = await answerText(response);
    if (response.status === 404) return undefined;
    const root = readXml(text);
    for (const part of childrenOf(root, "Part")) {
      const etag = unquoted(textOf(part, "ETag"));
      held.set(Number(textOf(part, "PartNumber")), { etag, size: Number(textOf(part, "Size")) });
    }
    const next = textOf(root, "NextPartNumberMarker");
    if (textOf(root, "IsTruncated") !== "true" || next === marker) return held;
    marker = next;
  }
}

/** Takes an upload back with its parts; it may be gone already. */
export async function abortUpload(
  { client, object: { key } }: Pick<PartsJob, "client"> & {
    readonly object: { readonly key: string };
  },
  uploadId: string,
  signal: AbortSignal,
): Promise<void> {
  const action = `Cannot take back the upload of "${key}"`;
  const query = { uploadId };
  await client.head({ action, method: "DELETE", key, query, expected: [404], signal });
}
