/**
 * A large body in pieces, going on after every failure from what Google has.
 *
 * @see https://developers.google.com/workspace/drive/api/guides/manage-uploads#resumable
 *
 * @module
 */

import { createHash } from "node:crypto";
import { TargetError } from "../../core/extend/target_error.ts";
import { readAnswer } from "./answer.ts";
import { Backoff } from "./backoff.ts";
import { ChunkBlob } from "./chunk_blob.ts";
import type { Drive } from "./drive.ts";
import type { DriveRequest } from "./drive_client.ts";
import { GoogleError } from "./google_error.ts";
import { type DriveFile, fileFields, fileSchema } from "./drive_file.ts";
import { uploadMetadata, type UploadPlan, uploadRequest } from "./upload_plan.ts";
import { forgetSession, loadSession, saveSession } from "./upload_session.ts";

/** What came of an upload. */
export interface Uploaded {
  /** The file, as Google tells. */
  readonly file: DriveFile;
  /** The SHA-256 of what was sent, where all of it was. */
  readonly sha256: string | undefined;
}

/** What the session answers: it wants more, it is done, or it is gone. */
type Answer =
  | { readonly is: "waiting"; readonly next: number }
  | { readonly is: "done"; readonly file: DriveFile }
  | { readonly is: "gone" };

/** So many sessions are begun for one upload before it is given up for now. */
const mostSessions = 4;

/** Sends the body. Throws a `GoogleError` of status 409 where the ID is taken. */
export async function uploadResumable(drive: Drive, plan: UploadPlan): Promise<Uploaded> {
  const upload = new ResumableUpload(drive, plan);
  for (let sessions = 0; sessions < mostSessions; sessions++) {
    const uploaded = await upload.run();
    await forgetSession(drive, plan.key);
    if (uploaded !== undefined) return uploaded;
  }
  throw new TargetError("unavailable", `Cannot upload "${plan.key}": Google keeps losing it`);
}

/** One upload. */
class ResumableUpload {
  readonly #drive: Drive;
  readonly #plan: UploadPlan;
  readonly #backoff: Backoff;
  #hash = createHash("sha256");
  #hashed = 0;
  #uri = "";
  #unreadable: { readonly error: unknown } | undefined;

  constructor(drive: Drive, plan: UploadPlan) {
    this.#drive = drive;
    this.#plan = plan;
    this.#backoff = new Backoff(drive.runtime);
  }

  /** Goes on with the kept session, or a new one; `undefined` where Google lost it. */
  async run(): Promise<Uploaded | undefined> {
    const { body, options } = this.#plan;
    let answer = await this.#resume() ?? await this.#begin();
    let furthest = -1;
    while (answer.is === "waiting") {
      const { next } = answer;
      if (next > furthest) this.#backoff.progressed();
      furthest = Math.max(furthest, next);
      options.onProgress?.(next);
      answer = await this.#send(next);
    }
    if (answer.is === "gone") return undefined;
    const sha256 = this.#hashed === body.size ? this.#hash.copy().digest("hex") : undefined;
    return { file: answer.file, sha256 };
  }

  /** Asks the kept session how far it is. Without a hash nobody knows whose bytes it has. */
  async #resume(): Promise<Answer | undefined> {
    const { key, body, folderId, fileId, options: { sha256 } } = this.#plan;
    if (sha256 === undefined) return undefined;
    const session = await loadSession(this.#drive, key, { size: body.size, sha256, folderId });
    if (session === undefined || session.fileId !== fileId) return undefined;
    this.#uri = session.uri;
    const answer = await this.#ask();
    return answer.is === "gone" ? undefined : answer;
  }

  /** Begins a session and keeps it. */
  async #begin(): Promise<Answer> {
    const { key, body, folderId, fileId, options: { sha256, signal } } = this.#plan;
    const action = `begin to upload "${key}"`;
    this.#uri = await this.#drive.client.send(
      {
        ...uploadRequest(this.#plan),
        action,
        query: { uploadType: "resumable", fields: fileFields },
        headers: {
          "content-type": "application/json; charset=UTF-8",
          "x-upload-content-type": "application/octet-stream",
          "x-upload-content-length": String(body.size),
        },
        body: uploadMetadata(this.#plan),
      },
      { signal },
      async (response) => {
        await response.body?.cancel();
        return sessionUri(response, this.#drive.settings.apiBase, action);
      },
    );
    if (sha256 !== undefined) {
      const startedAt = this.#drive.runtime.now().toString();
      const session = { uri: this.#uri, fileId, size: body.size, sha256, folderId, startedAt };
      await saveSession(this.#drive, key, session);
    }
    return { is: "waiting", next: 0 };
  }

  /** Sends the next piece; after a failure asks what arrived of it. */
  async #send(start: number): Promise<Answer> {
    const { body, options: { signal } } = this.#plan;
    const end = Math.min(body.size, start + this.#drive.settings.chunkBytes);
    const chunk = new ChunkBlob({ ...body.slice(start, end), size: end - start }, {
      onBytes: (bytes, at) => this.#note(start + at, bytes),
      onError: (error) => this.#unreadable = { error },
    });
    const request = this.#request(`bytes ${start}-${end - 1}/${body.size}`, chunk);
    try {
      const { client } = this.#drive;
      const answer = await client.once(request, signal, (response) => this.#read(response, start));
      if (answer.is === "waiting" && answer.next <= start) throw stalled(this.#plan.key);
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      // The body itself failed: sending it again helps nothing.
      if (this.#unreadable !== undefined) throw this.#unreadable.error;
      if (!isMisplaced(error)) await this.#backoff.wait(error, signal);
      const answer = await this.#ask();
      if (isMisplaced(error) && answer.is === "waiting" && answer.next === start) throw error;
      return answer;
    }
  }

  /** Asks how far the session is. */
  async #ask(): Promise<Answer> {
    const { body, options: { signal } } = this.#plan;
    const request = this.#request(`bytes */${body.size}`, new Uint8Array(0));
    return await this.#drive.client.send(
      request,
      { signal, backoff: this.#backoff },
      (response) => this.#read(response, 0),
    );
  }

  /** A request to the session. */
  #request(range: string, chunk: Blob | Uint8Array<ArrayBuffer>): DriveRequest {
    return {
      action: `upload "${this.#plan.key}"`,
      method: "PUT",
      path: this.#uri,
      headers: { "content-range": range },
      body: chunk,
      accept: [308, 404, 410],
    };
  }

  /** Reads an answer: Google may have less than was sent. */
  async #read(response: Response, start: number): Promise<Answer> {
    if (response.ok) {
      const file = readAnswer(fileSchema, await response.json(), `upload "${this.#plan.key}"`);
      return { is: "done", file };
    }
    await response.body?.cancel();
    if (response.status !== 308) return { is: "gone" };
    const range = response.headers.get("range");
    const next = range === null ? 0 : Number(/^bytes=0-(\d+)$/.exec(range)?.[1] ?? NaN) + 1;
    const most = start === 0 ? this.#plan.body.size : start + this.#drive.settings.chunkBytes;
    // What makes no sense is not built upon: begin anew.
    return next >= 0 && next <= most ? { is: "waiting", next } : { is: "gone" };
  }

  /** Hashes what is sent, each byte once. */
  #note(at: number, bytes: Uint8Array): void {
    if (this.#plan.options.sha256 !== undefined) return;
    const skip = this.#hashed - at;
    if (skip < 0 || skip >= bytes.length) return;
    this.#hash.update(bytes.subarray(skip));
    this.#hashed = at + bytes.length;
  }
}

/** The address of a session. It gets the sign-in, so it must be where we asked. */
function sessionUri(response: Response, apiBase: string, action: string): string {
  const location = URL.parse(response.headers.get("location") ?? "");
  if (location?.origin === new URL(apiBase).origin) return location.href;
  throw new TargetError("unavailable", `Cannot ${action}: Google gave no address for it`);
}

/**
 * Whether Google refused a piece as if it were not the next one. `fetch` repeats a
 * request by itself where a connection that was used before is cut, so the piece may
 * have arrived already.
 */
function isMisplaced(error: unknown): boolean {
  return error instanceof GoogleError && (error.status === 400 || error.status === 416);
}

/** The error for a piece of which nothing arrived. */
function stalled(key: string): TargetError {
  return new TargetError("unavailable", `Cannot upload "${key}": Google takes no more of it`);
}
