/**
 * A connection that breaks at a known byte: a TCP proxy on loopback.
 *
 * @module
 */

/** What happens to connections. */
export interface Cut {
  /** Counts the bytes that go this way, over all connections. */
  readonly way: "to_server" | "to_client";
  /** Happens once so many bytes have passed; from then on with the next byte. */
  readonly afterBytes: number;
  /** `cut` closes the connection; `stall` passes nothing more and stays. */
  readonly fault: "cut" | "stall";
  /** How often, before the proxy only passes; once by default. */
  readonly times?: number | undefined;
}

/** A running proxy. */
export interface FaultProxy extends AsyncDisposable {
  /** Its port on 127.0.0.1. */
  readonly port: number;
  /** Arms it, counting from here on. */
  arm(cut: Cut): void;
  /** Cuts so far. */
  readonly cuts: number;
}

/** A proxy to a port of 127.0.0.1 that only passes until it is armed. */
export function faultProxy(serverPort: number): FaultProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const work = new Set<Promise<void>>();
  let cut: Cut | undefined;
  let passed = 0;
  let cuts = 0;
  const stop = Promise.withResolvers<void>();

  /** Takes note of bytes; tells how many of them may pass. */
  const allowed = (way: Cut["way"], count: number): number => {
    if (cut === undefined || cut.way !== way || cuts >= (cut.times ?? 1)) return count;
    const room = cut.afterBytes - passed;
    passed += count;
    if (room < count) cuts++;
    return Math.min(count, Math.max(0, room));
  };
  const pass = async (from: Deno.Conn, to: Deno.Conn, way: Cut["way"]): Promise<void> => {
    const buffer = new Uint8Array(16_384);
    try {
      for (;;) {
        const count = await from.read(buffer);
        if (count === null) break;
        const room = allowed(way, count);
        for (let at = 0; at < room;) at += await to.write(buffer.subarray(at, room));
        if (room === count) continue;
        if (cut?.fault === "stall") await stop.promise;
        break;
      }
    } catch (cause) {
      // Either side may leave at any time: then the other is left too.
      if (!isGone(cause)) throw cause;
    } finally {
      for (const side of [from, to]) if (open.delete(side)) side.close();
    }
  };
  const serve = async (client: Deno.Conn): Promise<void> => {
    open.add(client);
    try {
      const server = await Deno.connect({ hostname: "127.0.0.1", port: serverPort });
      open.add(server);
      await Promise.all([pass(client, server, "to_server"), pass(server, client, "to_client")]);
    } catch (cause) {
      if (!isGone(cause)) throw cause;
      if (open.delete(client)) client.close();
    }
  };
  const accept = async (): Promise<void> => {
    for await (const client of listener) {
      const serving = serve(client).finally(() => work.delete(serving));
      work.add(serving);
    }
  };
  const accepting = accept();
  return {
    port: listener.addr.port,
    arm(next): void {
      [cut, passed, cuts] = [next, 0, 0];
    },
    get cuts(): number {
      return cuts;
    },
    async [Symbol.asyncDispose](): Promise<void> {
      listener.close();
      stop.resolve();
      for (const side of open) side.close();
      open.clear();
      await Promise.all([accepting, ...work]);
    },
  };
}

/** Whether an error says that the other side is gone, or was closed here. */
function isGone(cause: unknown): boolean {
  return cause instanceof Deno.errors.ConnectionReset ||
    cause instanceof Deno.errors.ConnectionRefused ||
    cause instanceof Deno.errors.BrokenPipe || cause instanceof Deno.errors.BadResource ||
    cause instanceof Deno.errors.Interrupted || cause instanceof Deno.errors.NotConnected;
}
