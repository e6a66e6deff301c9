/**
 * Ports on loopback for servers that cannot choose one by themselves.
 *
 * @module
 */

/** A port that nobody listens on just now. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Waits until somebody listens on the port; fails with what `why` tells. */
export async function waitForPort(port: number, why: () => Promise<string>): Promise<void> {
  for (let left = 600; left > 0; left--) {
    try {
      using _ = await Deno.connect({ hostname: "127.0.0.1", port });
      return;
    } catch (cause) {
      if (!(cause instanceof Deno.errors.ConnectionRefused)) throw cause;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Nobody listens on port ${port}: ${await why()}`);
}
