/**
 * Sending a body over HTTP with its length told first, piece by piece.
 *
 * Deno's `fetch` sends a stream only in chunks of unknown length, which S3 and
 * some WebDAV servers refuse, and holds bytes in memory twice.
 *
 * @module
 */

import http from "node:http";
import https from "node:https";
import { TargetError } from "./target_error.ts";

/** One request with a body. */
export interface SendRequest {
  /** `PUT`, `POST`, … */
  readonly method: string;
  /** Its header fields, without `content-length` and `host`. */
  readonly headers: Headers;
  /** How many bytes `body` gives. */
  readonly size: number;
  /** The bytes. Cancelled where they are not read to the end. */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Aborted when the caller gives up: the connection is closed, its reason is thrown. */
  readonly signal: AbortSignal;
  /** Called with the bytes that the connection took so far. */
  readonly onSent?: ((bytes: number) => void) | undefined;
}

/** Sends bodies, over connections that it keeps. */
export interface HttpSender {
  /**
   * Sends the body and gives the answer, whatever its status. Throws what the body
   * threw, the signal's reason, `unavailable` where no answer came, or `denied`
   * where Deno refuses. Needs `--allow-net`.
   */
  send(url: URL, request: SendRequest): Promise<Response>;
  /** Closes the connections. */
  close(): void;
}

/** Answers to a body are short; more than this is cut. */
const answerLimit = 1024 * 1024;

/**
 * A sender with connections of its own.
 *
 * @example
 * ```ts
 * import { bytesBody, httpSender } from "@holdfast/holdfast/plugin";
 *
 * await using server = Deno.serve(
 *   { port: 0, hostname: "127.0.0.1", onListen: () => {} },
 *   async (request) => new Response(`got ${(await request.bytes()).length}`),
 * );
 * const sender = httpSender();
 * const response = await sender.send(new URL(`http://127.0.0.1:${server.addr.port}/`), {
 *   method: "PUT",
 *   headers: new Headers(),
 *   size: 3,
 *   body: bytesBody(new Uint8Array(3)).stream(),
 *   signal: new AbortController().signal,
 * });
 * console.log(await response.text()); // got 3
 * sender.close();
 * ```
 */
export function httpSender(): HttpSender {
  const options = { keepAlive: true, maxSockets: 64 };
  const plain = new http.Agent(options);
  const secure = new https.Agent(options);
  return {
    async send(url, request) {
      request.signal.throwIfAborted();
      const headers = { ...Object.fromEntries(request.headers), "content-length": request.size };
      const call = { method: request.method, headers };
      const outgoing = url.protocol === "https:"
        ? https.request(url, { ...call, agent: secure })
        : http.request(url, { ...call, agent: plain });
      try {
        return await exchange(outgoing, request);
      } catch (cause) {
        leave(outgoing);
        request.signal.throwIfAborted();
        throw cause;
      }
    },
    close(): void {
      plain.destroy();
      secure.destroy();
    },
  };
}

/**
 * Gives a request up. A kept connection that is just being handed to it would stay
 * open with half a request, and the server would wait for the rest.
 */
function leave(outgoing: http.ClientRequest): void {
  outgoing.once("socket", (socket) => socket.destroy());
  outgoing.destroy();
  outgoing.socket?.destroy();
}

/** Writes the body and reads the answer; an answer that comes early ends the writing. */
async function exchange(outgoing: http.ClientRequest, request: SendRequest): Promise<Response> {
  const { promise: answer, resolve, reject } = Promise.withResolvers<Response>();
  // Heard below, unless the body fails first, which tells more.
  answer.then(undefined, () => undefined);
  let answering = false;
  outgoing.on("error", reject);
  outgoing.on("close", () => {
    if (!answering) reject(new TypeError("the connection was closed without an answer"));
  });
  outgoing.on("response", (incoming: http.IncomingMessage) => {
    answering = true;
    readAnswer(incoming).then(resolve, reject);
  });
  const stop = (): void => {
    leave(outgoing);
    reject(request.signal.reason);
  };
  request.signal.addEventListener("abort", stop, { once: true });
  try {
    await write(outgoing, request, answer);
    return await answer.catch((cause) => Promise.reject(connectionError(cause)));
  } finally {
    request.signal.removeEventListener("abort", stop);
  }
}

/** The error for a request that got no answer. */
function connectionError(cause: unknown): TargetError {
  const denied = cause instanceof Deno.errors.NotCapable;
  return denied
    ? new TargetError("denied", "Cannot send the body: the network is not allowed", {
      hint: "Run with --allow-net for the host of the server.",
      cause,
    })
    : new TargetError("unavailable", "Cannot send the body: the connection broke", {
      hint: "Check the network and the address.",
      cause,
    });
}

/** Writes the body as fast as the connection takes it; stops when the answer is there. */
async function write(
  outgoing: http.ClientRequest,
  { body, onSent }: SendRequest,
  answer: Promise<Response>,
): Promise<void> {
  const reader = body.getReader();
  let over = false;
  let wake = (): void => {};
  // The source is left behind: how it takes that is nobody's concern.
  const leaveBody = (): void => void reader.cancel().then(undefined, () => undefined);
  // No race with `answer` in the loop: it would hold every piece until the end.
  const stop = (): void => {
    over = true;
    leaveBody();
    wake();
  };
  answer.then(stop, stop);
  let sent = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || over) break;
      if (!outgoing.write(value)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          outgoing.once("drain", resolve);
        });
      }
      sent += value.length;
      if (!over) onSent?.(sent);
    }
    if (!over) outgoing.end();
  } catch (cause) {
    leave(outgoing);
    throw cause;
  } finally {
    leaveBody();
  }
}

/** The answer as `fetch` would give it. */
async function readAnswer(incoming: http.IncomingMessage): Promise<Response> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    if (!(chunk instanceof Uint8Array) || size > answerLimit) continue;
    chunks.push(new Uint8Array(chunk));
    size += chunk.length;
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  const status = incoming.statusCode ?? 0;
  const empty = status === 204 || status === 205 || status === 304;
  return new Response(empty ? null : new Blob(chunks), { status, headers });
}
