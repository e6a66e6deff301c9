/**
 * A server on loopback that takes what notifiers send.
 *
 * @module
 */

/** One request. */
export interface Received {
  readonly path: string;
  readonly body: string;
  readonly signature: string | null;
}

/** A server that takes everything, but refuses what is sent to `/broken`. */
export interface NewsServer extends AsyncDisposable {
  readonly url: string;
  readonly received: Received[];
}

/** Starts it. */
export function newsServer(): NewsServer {
  const received: Received[] = [];
  const http = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => undefined },
    async (request) => {
      const path = new URL(request.url).pathname;
      const signature = request.headers.get("x-holdfast-signature");
      received.push({ path, body: await request.text(), signature });
      return new Response(null, { status: path.startsWith("/broken") ? 403 : 200 });
    },
  );
  return {
    url: `http://127.0.0.1:${http.addr.port}`,
    received,
    [Symbol.asyncDispose]: () => http.shutdown(),
  };
}
