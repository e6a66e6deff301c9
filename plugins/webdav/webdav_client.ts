/**
 * Requests to one WebDAV folder.
 *
 * @module
 */

import {
  answerText,
  type HttpSender,
  httpSender,
  type SendRequest,
  TargetError,
} from "../../core/extend/mod.ts";
import { type Multistatus, readMultistatus } from "./multistatus.ts";
import { connectionError, webdavError } from "./webdav_error.ts";
import { authorization, type WebdavOptions } from "./webdav_options.ts";

/** One request. */
export interface WebdavRequest {
  /** What it does, for the error: `Cannot …`. */
  readonly action: string;
  readonly method: "GET" | "PUT" | "DELETE" | "MKCOL" | "MOVE" | "PROPFIND";
  /** The path below the target's folder; empty for the folder itself. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Text to send. */
  readonly text?: string | undefined;
  /** Bytes to send. */
  readonly payload?: Pick<SendRequest, "size" | "body" | "onSent"> | undefined;
  /** Failures that are an answer to the caller, by status. */
  readonly expected?: readonly number[] | undefined;
  readonly signal: AbortSignal;
}

/** A folder that can be asked. */
export class WebdavClient {
  readonly #base: URL;
  readonly #options: WebdavOptions;
  readonly #sender: HttpSender = httpSender();
  #authorization: Promise<string | undefined> | undefined;
  /** The time by the server's clock, as of its last answer. */
  serverTime: Temporal.Instant | undefined;

  /** Throws `invalid` where the address is none. */
  constructor(options: WebdavOptions) {
    this.#options = options;
    if (!URL.canParse(options.url) || !/^https?:/.test(options.url)) {
      throw new TargetError("invalid", `Cannot use the WebDAV address "${options.url}"`, {
        hint: "Give an address that begins with https://.",
      });
    }
    this.#base = new URL(options.url);
  }

  /** The address of a path below the folder; collections end with a slash. */
  url(path: string): URL {
    const folder = this.#base.pathname.replace(/\/+$/, "");
    const below = path.split("/").map(encodeURIComponent).join("/");
    return new URL(`${this.#base.origin}${folder}/${below}`);
  }

  /** Sends a request; throws the `TargetError` of a failure that was not expected. */
  async request(request: WebdavRequest): Promise<Response> {
    const { action, method, signal, payload, text, expected = [] } = request;
    signal.throwIfAborted();
    const headers = new Headers({ ...request.headers, "accept-encoding": "identity" });
    const authorized = await this.#authorized();
    if (authorized !== undefined) headers.set("authorization", authorized);
    const url = this.url(request.path);
    try {
      const response = payload !== undefined
        ? await this.#sender.send(url, { method, headers, signal, ...payload })
        : await fetch(url, {
          method,
          headers,
          signal,
          redirect: "manual",
          ...(text === undefined ? {} : { body: text }),
        });
      const time = Date.parse(response.headers.get("date") ?? "");
      if (!Number.isNaN(time)) this.serverTime = Temporal.Instant.fromEpochMilliseconds(time);
      if (response.ok || expected.includes(response.status)) return response;
      await response.body?.cancel();
      throw webdavError(action, response);
    } catch (cause) {
      // What a body threw passes as it is.
      throw payload === undefined ? connectionError(action, cause, signal) : cause;
    }
  }

  /** Sends a request of whose answer only the status counts. */
  async status(request: WebdavRequest): Promise<number> {
    const response = await this.request(request);
    await response.body?.cancel();
    return response.status;
  }

  /** The properties of a resource, and at depth 1 of those in it; none where there is none. */
  async properties(
    { action, path, depth, names, signal }: {
      readonly action: string;
      readonly path: string;
      readonly depth: "0" | "1";
      readonly names: readonly string[];
      readonly signal: AbortSignal;
    },
  ): Promise<readonly Multistatus[]> {
    const wanted = names.map((name) => `<D:${name}/>`).join("");
    const response = await this.request({
      action,
      method: "PROPFIND",
      path,
      headers: { depth, "content-type": "application/xml; charset=utf-8" },
      text: `<?xml version="1.0" encoding="utf-8"?><D:propfind xmlns:D="DAV:"><D:prop>${wanted}` +
        `</D:prop></D:propfind>`,
      expected: [404],
      signal,
    });
    let text: string;
    try {
      text = await answerText(response);
    } catch (cause) {
      throw connectionError(action, cause, signal);
    }
    if (response.status === 404) return [];
    if (response.status === 207) return readMultistatus(action, text);
    throw new TargetError("invalid", `${action}: no WebDAV server answers there`, {
      hint: "Check the address: it must be a WebDAV folder, not a web page.",
    });
  }

  /** Closes the connections. */
  close(): void {
    this.#sender.close();
  }

  /** The `authorization` field. */
  async #authorized(): Promise<string | undefined> {
    this.#authorization ??=
      (async () => authorization(await this.#options.credentials?.() ?? {}))();
    return await this.#authorization;
  }
}
