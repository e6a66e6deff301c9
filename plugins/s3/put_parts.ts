/**
 * Storing an object in parts: some at the same time, each with its hashes, and
 * nothing to see before the last step.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { type PutOptions, TargetError } from "../../core/extend/mod.ts";
import { assertSameHash, refuseStored } from "./compare_stored.ts";
import { etagOf, multipartEtag, tellsOtherBytes } from "./etag.ts";
import { abortUpload, type OpenUpload, openUpload, type PartsJob } from "./open_upload.ts";
import { base64OfHex, type ReadPart, readPart, sha256Of } from "./read_part.ts";
import { retriedPart } from "./retried_part.ts";
import { s3Error } from "./s3_error.ts";
import { readXml, textOf } from "./s3_xml.ts";

/** Bytes of parts in memory at most; very large parts go one by one. */
const memoryLimit = 64 * 1024 * 1024;

/**
 * Stores a body in parts. What is only interrupted stays in the store for the
 * next try; after any other failure it is taken back.
 */
export async function putParts(job: PartsJob, options: PutOptions): Promise<void> {
  const { settings: { sessions }, object: { key, body } } = job;
  const { signal, onProgress } = options;
  const upload = await openUpload(job, options);
  if (upload !== "stored") {
    try {
      const parts = await sendParts(job, upload, options);
      await complete(job, { uploadId: upload.uploadId, parts }, signal);
    } catch (cause) {
      const resumable = signal.aborted ||
        (cause instanceof TargetError && cause.kind === "unavailable");
      if (!resumable) await takeBack(job, upload.uploadId, signal);
      throw cause;
    }
  }
  await sessions.forget(key);
  onProgress?.(body.size);
}

/** Takes an upload back that will not end. Where that fails too, a later sweep does it. */
async function takeBack(job: PartsJob, uploadId: string, signal: AbortSignal): Promise<void> {
  try {
    await abortUpload(job, uploadId, signal);
    await job.settings.sessions.forget(job.object.key);
  } catch (cause) {
    // Why the upload failed tells more.
    if (!(cause instanceof TargetError)) throw cause;
  }
}

/** A part that was sent. */
interface SentPart {
  readonly md5: string;
  /** What the store calls it. */
  readonly etag: string;
}

/** Sends every part that the store does not hold, and gives all in order. */
async function sendParts(
  job: PartsJob,
  upload: OpenUpload,
  options: PutOptions,
): Promise<readonly SentPart[]> {
  const { settings, object: { key, body } } = job;
  const { partSize, held } = upload;
  const parallel = Math.max(1, Math.min(settings.parallel, Math.floor(memoryLimit / partSize) - 1));
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const whole = createHash("sha256");
  const parts: SentPart[] = [];
  const underWay = new Set<Promise<void>>();
  let done = 0;
  const alive = (bytes = 0): void => options.onProgress?.(done += bytes);
  const start = (number: number, part: ReadPart): void => {
    const sending = sendPart(job, { uploadId: upload.uploadId, number, part, alive }, signal)
      .then((etag) => {
        parts[number - 1] = { md5: part.md5, etag };
        underWay.delete(sending);
        alive(part.bytes.length);
      });
    // A failure is heard below, at the latest when all are waited for.
    sending.then(undefined, (cause) => stop.abort(cause));
    underWay.add(sending);
  };
  try {
    for (let number = 1; (number - 1) * partSize < body.size; number++) {
      const slice = body.slice((number - 1) * partSize, Math.min(number * partSize, body.size));
      const part = await readPart(slice, { signal, whole });
      const there = held.get(number);
      if (there?.size === part.bytes.length && there.etag === part.md5) {
        parts[number - 1] = { md5: part.md5, etag: there.etag };
        alive(part.bytes.length);
        continue;
      }
      // The next part is read while the others are on their way.
      while (underWay.size >= parallel) await Promise.race(underWay);
      start(number, part);
    }
    await Promise.all(underWay);
    assertSameHash(`Cannot store "${key}"`, whole.digest("hex"), options.sha256);
    return parts;
  } catch (cause) {
    stop.abort(cause);
    await Promise.allSettled(underWay);
    throw stop.signal.reason;
  }
}

/** Sends one part, again where the store is unavailable for a moment; gives its ETag. */
async function sendPart(
  { client, object: { key } }: PartsJob,
  { uploadId, number, part, alive }: {
    readonly uploadId: string;
    readonly number: number;
    readonly part: ReadPart;
    readonly alive: () => void;
  },
  signal: AbortSignal,
): Promise<string> {
  const action = `Cannot store part ${number} of "${key}"`;
  const sha256 = await sha256Of(part.bytes);
  const response = await retriedPart(() =>
    client.head({
      action,
      method: "PUT",
      key,
      query: { partNumber: String(number), uploadId },
      headers: { "content-md5": base64OfHex(part.md5) },
      payload: { bytes: part.bytes, sha256, onSent: () => alive() },
      signal,
    }), signal);
  if (tellsOtherBytes(response.headers, part.md5)) {
    throw new TargetError("unavailable", `${action}: the store's ETag tells other bytes`);
  }
  return etagOf(response.headers);
}

/** Joins the parts to the object, and compares what the store made of them. */
async function complete(
  { client, object: { key, body } }: PartsJob,
  { uploadId, parts }: { readonly uploadId: string; readonly parts: readonly SentPart[] },
  signal: AbortSignal,
): Promise<void> {
  const action = `Cannot end the upload of "${key}"`;
  const list = parts.map(({ etag }, at) =>
    `<Part><PartNumber>${at + 1}</PartNumber><ETag>"${etag}"</ETag></Part>`
  );
  const xml = `<CompleteMultipartUpload>${list.join("")}</CompleteMultipartUpload>`;
  const bytes = new TextEncoder().encode(xml);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const query = { uploadId };
  const payload = { bytes, sha256 };
  const response = await client.request({ action, method: "POST", key, query, payload, signal });
  const text = await response.text();
  const root = readXml(text.trim());
  // S3 answers 200 before it knows: a failure may follow in the body.
  if (root.name === "Error") {
    throw s3Error(action, { status: 500, headers: response.headers, text });
  }
  // Ceph tells no ETag here: it is asked for.
  const told = textOf(root, "ETag") === ""
    ? await client.head({ action, method: "HEAD", key, signal })
    : new Response(null, { headers: { ...encryption(response), etag: textOf(root, "ETag") } });
  const size = told.headers.get("content-length") ?? String(body.size);
  const wanted = multipartEtag(parts.map(({ md5 }) => md5));
  if (size !== String(body.size) || tellsOtherBytes(told.headers, wanted)) {
    await refuseStored({ client, action, key, signal });
  }
}

/** The header field that tells whether an ETag is an MD5. */
function encryption({ headers }: Response): Readonly<Record<string, string>> {
  const name = "x-amz-server-side-encryption";
  const value = headers.get(name);
  return value === null ? {} : { [name]: value };
}
