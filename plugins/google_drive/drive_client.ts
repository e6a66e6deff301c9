/**
 * Requests to the Drive API: with the sign-in, again after passing failures, and
 * with Google's refusals as our errors.
 *
 * @module
 */

import type * as v from "valibot";
import { readAnswer } from "./answer.ts";
import { Backoff } from "./backoff.ts";
import { googleError } from "./google_error.ts";
import { reach } from "./oauth.ts";
import type { DriveRuntime } from "./runtime.ts";
import type { DriveSettings } from "./settings.ts";
import type { Tokens } from "./tokens.ts";

/** One request. Each may be repeated: creating brings its ID along. */
export interface DriveRequest {
  /** Completes "Cannot …". */
  readonly action: string;
  /** `GET` by default. */
  readonly method?: string;
  /** Below the base address (`drive/v3/files`), or a whole address of the same host. */
  readonly path: string;
  /** The parameters. */
  readonly query?: Readonly<Record<string, string>>;
  /** The headers beside the sign-in. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The body; a blob is read anew each time. */
  readonly body?: string | Uint8Array<ArrayBuffer> | Blob;
  /** Statuses that are answers too, beside 2xx. */
  readonly accept?: readonly number[];
}

/** What a request is given beside itself. */
export interface DriveCall {
  readonly signal: AbortSignal;
  /** Its failures are counted here. Its own by default. */
  readonly backoff?: Backoff;
}

/** Sends requests to the Drive API. */
export class DriveClient {
  readonly #settings: DriveSettings;
  readonly #runtime: DriveRuntime;
  readonly #tokens: Tokens;
  #skewMs = 0;

  /** Takes the addresses, the network and the sign-in. */
  constructor(settings: DriveSettings, runtime: DriveRuntime, tokens: Tokens) {
    this.#settings = settings;
    this.#runtime = runtime;
    this.#tokens = tokens;
  }

  /** How far the clock of this machine is behind Google's, in milliseconds. */
  get skewMs(): number {
    return this.#skewMs;
  }

  /** Sends, and again after passing failures; `read` takes what it wants of the answer. */
  async send<Result>(
    request: DriveRequest,
    call: DriveCall,
    read: (response: Response) => Promise<Result>,
  ): Promise<Result> {
    const backoff = call.backoff ?? new Backoff(this.#runtime);
    for (;;) {
      try {
        return await this.once(request, call.signal, read);
      } catch (error) {
        await backoff.wait(error, call.signal);
      }
    }
  }

  /** Sends, and takes the JSON of the answer. */
  async json<Schema extends v.GenericSchema>(
    schema: Schema,
    request: DriveRequest,
    call: DriveCall,
  ): Promise<v.InferOutput<Schema>> {
    const answer: unknown = await this.send(request, call, (response) => response.json());
    return readAnswer(schema, answer, request.action);
  }

  /** Sends once, and only where the sign-in was refused once more with a new one. */
  async once<Result>(
    request: DriveRequest,
    signal: AbortSignal,
    read: (response: Response) => Promise<Result>,
  ): Promise<Result> {
    const { action, accept = [] } = request;
    let refused: string | undefined;
    for (;;) {
      signal.throwIfAborted();
      const token = await this.#tokens.access(refused);
      const response = await reach(action, signal, () => this.#fetch(request, token, signal));
      this.#noteClock(response);
      if (response.ok || accept.includes(response.status)) {
        return await reach(action, signal, () => read(response));
      }
      if (response.status !== 401 || refused !== undefined) {
        throw await reach(action, signal, () => googleError(action, response));
      }
      await reach(action, signal, async () => await response.body?.cancel());
      refused = token;
    }
  }

  /** The request itself. 308 is an answer of the upload protocol, no redirect. */
  #fetch(request: DriveRequest, token: string, signal: AbortSignal): Promise<Response> {
    const url = new URL(request.path, `${this.#settings.apiBase}/`);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      url.searchParams.set(name, value);
    }
    return this.#runtime.fetch(url, {
      method: request.method ?? "GET",
      headers: { ...request.headers, authorization: `Bearer ${token}` },
      body: request.body ?? null,
      redirect: "manual",
      signal,
    });
  }

  /** Compares the clocks. */
  #noteClock(response: Response): void {
    const date = Date.parse(response.headers.get("date") ?? "");
    if (!Number.isNaN(date)) this.#skewMs = date - this.#runtime.now().epochMilliseconds;
  }
}
