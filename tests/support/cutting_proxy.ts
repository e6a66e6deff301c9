/**
 * A way to a server on loopback that a test can cut or stop.
 *
 * @module
 */

/** What {@linkcode cuttingProxy} is given. */
export interface CuttingProxyOptions {
  /** The port of the server behind it. */
  readonly port: number;
}

/** A TCP proxy on loopback. */
export interface CuttingProxy extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** Connections that were made through it so far. */
  readonly connections: number;
  /** Cuts every connection once so many more bytes went to the server; none to let all go. */
  cutAfter(bytes: number | undefined): void;
  /** Holds all bytes back, both ways, without closing anything. */
  pause(): void;
  /** Cuts the connections that are open now. */
  cut(): void;
}

/** Starts a proxy in front of a server. */
export function cuttingProxy({ port }: CuttingProxyOptions): CuttingProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.TcpConn>();
  let connections = 0;
  let left = Infinity;
  let isPaused = false;
  const cut = (): void => {
    for (const connection of open) close(connection);
    open.clear();
  };
  const take = (count: number, toServer: boolean): "pass" | "drop" => {
    if (isPaused) return "drop";
    if (toServer) left -= count;
    return "pass";
  };
  const pump = (from: Deno.TcpConn, to: Deno.TcpConn, toServer: boolean): Promise<void> =>
    pumped(from, to, {
      take: (count) => take(count, toServer),
      taken: () => left <= 0 && cut(),
    });
  const pumps = new Set<Promise<void>>();
  const serve = async (): Promise<void> => {
    for await (const client of listener) {
      connections++;
      try {
        const server = await Deno.connect({ hostname: "127.0.0.1", port });
        open.add(client).add(server);
        pumps.add(pump(client, server, true));
        pumps.add(pump(server, client, false));
      } catch (cause) {
        if (!(cause instanceof Deno.errors.ConnectionRefused)) throw cause;
        close(client);
      }
    }
  };
  const serving = serve();
  return {
    host: "127.0.0.1",
    port: listener.addr.port,
    get connections(): number {
      return connections;
    },
    cutAfter(bytes): void {
      left = bytes ?? Infinity;
    },
    pause(): void {
      isPaused = true;
    },
    cut,
    async [Symbol.asyncDispose](): Promise<void> {
      listener.close();
      await serving;
      cut();
      await Promise.all(pumps);
    },
  };
}

/** Copies bytes until one side closes; then both are closed. */
async function pumped(
  from: Deno.TcpConn,
  to: Deno.TcpConn,
  { take, taken }: {
    readonly take: (count: number) => "pass" | "drop";
    readonly taken: () => void;
  },
): Promise<void> {
  const buffer = new Uint8Array(64 * 1024);
  try {
    for (;;) {
      const count = await from.read(buffer);
      if (count === null) break;
      if (take(count) === "drop") continue;
      for (let at = 0; at < count;) at += await to.write(buffer.subarray(at, count));
      taken();
    }
  } catch (cause) {
    // The other side, or a cut, closed it.
    if (!(cause instanceof Error)) throw cause;
  }
  close(from);
  close(to);
}

/** Closes a connection that may be closed. */
function close(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch (cause) {
    if (!(cause instanceof Deno.errors.BadResource)) throw cause;
  }
}
