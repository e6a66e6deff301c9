/**
 * Signed requests to one bucket.
 *
 * @module
 */

import { AwsV4Signer } from "aws4fetch";
import { answerText, type HttpSender, httpSender } from "../../core/extend/mod.ts";
import type { S3Credentials } from "./credentials.ts";
import { connectionError, s3Error } from "./s3_error.ts";
import { type S3Options, type S3Place, s3Place } from "./s3_options.ts";

/** The SHA-256 of no bytes. */
const emptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** Bytes that are handed to the connection at a time. */
const pieceSize = 256 * 1024;

/** Bytes to send, with their hashes. */
export interface S3Payload {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Lower-case hex; the signature covers it. */
  readonly sha256: string;
  /** Called with the bytes that the connection took so far. */
  readonly onSent?: ((bytes: number) => void) | undefined;
}

/** One request. */
export interface S3Request {
  /** What it does, for the error: `Cannot …`. */
  readonly action: string;
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  /** The object, without the target's prefix; absent for requests to the bucket. */
  readonly key?: string | undefined;
  readonly query?: Readonly<Record<string, string>> | undefined;
  /** Header fields that are signed. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly payload?: S3Payload | undefined;
  /** Failures that are an answer to the caller, by status. */
  readonly expected?: readonly number[] | undefined;
  readonly signal: AbortSignal;
}

/** A bucket that can be asked. */
export class S3Client {
  /** Its addresses. */
  readonly place: S3Place;
  readonly #options: S3Options;
  readonly #sender: HttpSender = httpSender();
  readonly #signingKeys: Map<string, ArrayBuffer> = new Map();
  #credentials: Promise<S3Credentials> | undefined;

  constructor(options: S3Options) {
    this.#options = options;
    this.place = s3Place(options);
  }

  /** Sends a request; throws the `TargetError` of a failure that was not expected. */
  async request(request: S3Request): Promise<Response> {
    const { action, signal, payload, expected = [] } = request;
    signal.throwIfAborted();
    const { url, headers, method } = await this.#signed(request);
    try {
      const response = payload === undefined
        ? await fetch(url, { method, headers, signal, redirect: "manual" })
        : await this.#sender.send(url, { method, headers, signal, ...sent(payload) });
      if (response.ok || expected.includes(response.status)) return response;
      const { status } = response;
      throw s3Error(action, {
        status,
        headers: response.headers,
        text: await answerText(response),
      });
    } catch (cause) {
      // What a body threw passes as it is.
      throw payload === undefined ? connectionError(action, cause, signal) : cause;
    }
  }

  /** Sends a request whose answer is text. */
  async text(request: S3Request): Promise<string> {
    const response = await this.request(request);
    try {
      return await answerText(response);
    } catch (cause) {
      throw connectionError(request.action, cause, request.signal);
    }
  }

  /** Sends a request of whose answer only the head counts. */
  async head(request: S3Request): Promise<Response> {
    const response = await this.request(request);
    await response.body?.cancel();
    return response;
  }

  /** Closes the connections. */
  close(): void {
    this.#sender.close();
  }

  /** The request as it goes out. */
  async #signed(request: S3Request): Promise<Awaited<ReturnType<AwsV4Signer["sign"]>>> {
    this.#credentials ??= this.#options.credentials();
    const { accessKeyId, secretAccessKey, sessionToken } = await this.#credentials;
    const { key, query, payload, method } = request;
    const datetime = this.#options.now?.().toString({ smallestUnit: "second" });
    const signer = new AwsV4Signer({
      method,
      url: this.place.url(key === undefined ? undefined : this.place.prefix + key, query).href,
      headers: { ...request.headers, "x-amz-content-sha256": payload?.sha256 ?? emptySha256 },
      service: "s3",
      region: this.place.region,
      accessKeyId,
      secretAccessKey,
      cache: this.#signingKeys,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      ...(datetime === undefined ? {} : { datetime: datetime.replace(/[:-]/g, "") }),
    });
    const signed = await signer.sign();
    // Unsigned, because some stores' front servers alter it.
    signed.headers.set("accept-encoding", "identity");
    return signed;
  }
}

/** A payload as the sender wants it. */
function sent({ bytes, onSent }: S3Payload): {
  readonly size: number;
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly onSent: ((bytes: number) => void) | undefined;
} {
  let at = 0;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller): void {
      if (at < bytes.length) controller.enqueue(bytes.subarray(at, at + pieceSize));
      at += pieceSize;
      if (at >= bytes.length) controller.close();
    },
  }, { highWaterMark: 0 });
  return { size: bytes.length, body, onSent };
}
