/**
 * Ports on loopback for servers that cannot choose one by themselves.
 *
 * @module
 */

import { becomes } from "./patience.ts";

/** The lowest port that is given away here. */
const LOWEST = 10_000;

/**
 * A port that nobody listens on just now. Those of the system's own range may be given to
 * anybody before a server could take one: this one comes from below that range, by chance.
 */
export function freePort(): number {
  const count = Math.max(1_000, firstOfSystem() - LOWEST);
  for (let tries = 0; tries < 1_000; tries++) {
    const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
    const port = LOWEST + random % count;
    if (isFree(port)) return port;
  }
  throw new Error("Cannot find a free port");
}

/** Waits until somebody listens on the port. */
export async function waitForPort(port: number, who: string): Promise<void> {
  await becomes(`${who} listens on port ${port}`, () => listens(port));
}

/** The first port that Linux gives to who asks for any. */
function firstOfSystem(): number {
  try {
    const range = Deno.readTextFileSync("/proc/sys/net/ipv4/ip_local_port_range");
    return Number.parseInt(range);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 32_768;
    throw error;
  }
}

function isFree(port: number): boolean {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return false;
    throw error;
  }
}

async function listens(port: number): Promise<boolean> {
  try {
    using _ = await Deno.connect({ hostname: "127.0.0.1", port });
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    throw error;
  }
}
