/**
 * Getting an object: by ranges, going on after every cut, and checked by Google's
 * hash at its end.
 *
 * @see https://developers.google.com/workspace/drive/api/guides/manage-downloads
 *
 * @module
 */

import { createHash } from "node:crypto";
import { abortableStream } from "../../core/extend/abortable_stream.ts";
import type { GetOptions } from "../../core/extend/target.ts";
import { TargetError } from "../../core/extend/target_error.ts";
import { Backoff } from "./backoff.ts";
import type { Drive } from "./drive.ts";
import type { DriveFile } from "./drive_file.ts";
import { networkError } from "./network_error.ts";
import { findObject } from "./objects.ts";

/** A stream of bytes. */
type Bytes = ReadableStream<Uint8Array<ArrayBuffer>>;

/**
 * The bytes of an object. The stream fails with `corrupt` at its end where a whole
 * download has another SHA-256 than Google tells. Throws `not_found`.
 */
export async function getObject(drive: Drive, key: string, options: GetOptions): Promise<Bytes> {
  const { signal, offset = 0 } = options;
  const file = await findObject(drive, key, { signal });
  if (file === undefined) {
    throw new TargetError("not_found", `Cannot find "${key}" in Google Drive`);
  }
  const download = new Download(drive, { key, file, start: Math.max(0, offset), signal });
  await download.open();
  return abortableStream(download.stream(), signal);
}

/** What a download is of. */
interface DownloadOf {
  readonly key: string;
  readonly file: DriveFile;
  readonly start: number;
  readonly signal: AbortSignal;
}

/** One download, over as many requests as it takes. */
class Download {
  readonly #drive: Drive;
  readonly #of: DownloadOf;
  readonly #backoff: Backoff;
  readonly #hash = createHash("sha256");
  #at: number;
  #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> | undefined;

  constructor(drive: Drive, of: DownloadOf) {
    this.#drive = drive;
    this.#of = of;
    this.#backoff = new Backoff(drive.runtime);
    this.#at = of.start;
  }

  /** Asks for what is left, so that a refusal comes before the first byte. */
  async open(): Promise<void> {
    if (this.#at >= this.#of.file.size) return;
    const { file, key, signal } = this.#of;
    const range = this.#at === 0 ? {} : { headers: { range: `bytes=${this.#at}-` } };
    const body = await this.#drive.client.send(
      {
        action: `download "${key}"`,
        path: `drive/v3/files/${encodeURIComponent(file.id)}`,
        query: { alt: "media" },
        ...range,
      },
      { signal, backoff: this.#backoff },
      (response) => this.#checked(response),
    );
    this.#reader = body.getReader();
  }

  /** The bytes, from the start on. */
  stream(): Bytes {
    return new ReadableStream({
      pull: async (controller): Promise<void> => {
        const bytes = await this.#next();
        if (bytes === undefined) {
          this.#verify();
          controller.close();
          return;
        }
        controller.enqueue(bytes);
      },
      cancel: async (reason): Promise<void> => await this.#reader?.cancel(reason),
    }, { highWaterMark: 0 });
  }

  /** The body, if it starts where it was asked to. */
  async #checked(response: Response): Promise<Bytes> {
    const range = response.headers.get("content-range");
    const starts = this.#at === 0 || range?.startsWith(`bytes ${this.#at}-`) === true;
    // The portal of a network answers with a page of its own.
    const length = response.headers.get("content-length");
    const fits = length === null || response.headers.has("content-encoding") ||
      Number(length) === this.#of.file.size - this.#at;
    if (response.body !== null && starts && fits) return response.body;
    await response.body?.cancel();
    throw new TargetError(
      "unavailable",
      `Cannot download "${this.#of.key}": Google did not go on from byte ${this.#at}`,
    );
  }

  /** The next bytes, from another request where this one broke; `undefined` at the end. */
  async #next(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const { file, key, signal } = this.#of;
    while (this.#at < file.size) {
      try {
        if (this.#reader === undefined) await this.open();
        const value = await this.#read();
        if (value === undefined) throw networkError(`download "${key}"`, "it ended too early");
        this.#at += value.length;
        this.#backoff.progressed();
        if (this.#at > file.size) {
          await this.#reader?.cancel();
          throw longer(key);
        }
        this.#hash.update(value);
        return value;
      } catch (error) {
        this.#reader = undefined;
        await this.#backoff.wait(error, signal);
      }
    }
    await this.#reader?.cancel();
    return undefined;
  }

  /** Reads on; a cut is `unavailable`. */
  async #read(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    try {
      return (await this.#reader?.read())?.value;
    } catch (error) {
      this.#of.signal.throwIfAborted();
      throw networkError(`download "${this.#of.key}"`, error);
    }
  }

  /** Compares the hash, where all bytes came by here. */
  #verify(): void {
    const { file, start, key } = this.#of;
    if (start > 0 || file.sha256Checksum === undefined) return;
    if (this.#hash.digest("hex") === file.sha256Checksum) return;
    throw new TargetError("corrupt", `Cannot download "${key}": its bytes have another SHA-256`, {
      hint: "Try again; if it stays so, the copy in Drive is damaged: use another one.",
    });
  }
}

/** The error for more bytes than there should be. */
function longer(key: string): TargetError {
  return new TargetError("corrupt", `Cannot download "${key}": it is longer than Google told`);
}
