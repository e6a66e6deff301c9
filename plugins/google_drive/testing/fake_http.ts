/**
 * HTTP for the fake server: whole requests in, answers or cut connections out.
 *
 * `node:http` rather than `Deno.serve`: it can cut a connection before it answered.
 *
 * @module
 */

import type { Hash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A request, its body read to the end. */
export interface FakeRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Its body; put together when it is asked for. */
  bytes(): Uint8Array<ArrayBuffer>;
  /** The size of its body. */
  readonly size: number;
  /** The hash that was asked for, with all of the bytes. */
  readonly hash: Hash | undefined;
}

/** What {@linkcode serveFake} serves with. */
export interface FakeHandlers {
  /** Answers a request. */
  readonly answer: (request: FakeRequest) => Promise<FakeAnswer>;
  /** A hash that takes the bytes of the body while they arrive. */
  readonly hashFor: (url: URL) => Hash | undefined;
}

/** An answer. */
export interface FakeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /**
   * The connection may be used again. By default it is closed: on one that is used
   * again, Deno's `fetch` itself repeats a request that was cut, and no fault would
   * be seen for sure.
   */
  readonly keepAlive?: boolean;
  /** The connection is cut: before the answer, or after half of its body. */
  readonly cut?: "before" | "half";
}

/** A server on loopback. */
export interface FakeHttp extends AsyncDisposable {
  /** `http://127.0.0.1:` and its port. */
  readonly base: string;
}

/** Serves on 127.0.0.1 at a free port. */
export async function serveFake(handlers: FakeHandlers): Promise<FakeHttp> {
  const server = createServer((message, response) => {
    serveOne(message, response, handlers).catch(() => message.socket.destroy());
  });
  // An error on a connection that one side cut is no news here.
  server.on("clientError", (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    base: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose](): Promise<void> {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** One request and its answer. */
async function serveOne(
  message: IncomingMessage,
  response: ServerResponse,
  { answer, hashFor }: FakeHandlers,
): Promise<void> {
  const url = new URL(message.url ?? "/", "http://127.0.0.1");
  const hash = hashFor(url);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of message) {
    pieces.push(piece);
    hash?.update(piece);
  }
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(message.headers)) headers[name] = String(value);
  const { status, headers: more = {}, body = "", cut, keepAlive } = await answer({
    method: message.method ?? "",
    url,
    headers,
    bytes: () => joined(pieces),
    size: pieces.reduce((sum, piece) => sum + piece.length, 0),
    hash,
  });
  if (cut === "before") return void message.socket.destroy();
  const content = typeof body === "string" ? new TextEncoder().encode(body) : body;
  response.sendDate = false;
  const closing = keepAlive === true ? {} : { connection: "close" };
  response.writeHead(status, { ...more, ...closing, "content-length": content.length });
  if (cut === undefined) return void response.end(content);
  response.write(
    content.subarray(0, Math.ceil(content.length / 2)),
    () => message.socket.destroy(),
  );
}

/** All pieces as one. */
function joined(pieces: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
