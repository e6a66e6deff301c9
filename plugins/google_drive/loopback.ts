/**
 * The address on this machine where the browser comes back to after the consent
 * (RFC 8252 §7.3).
 *
 * @module
 */

import { TargetError } from "../../core/extend/target_error.ts";
import type { AuthorizationAnswer } from "./authorization.ts";
import { GoogleError } from "./google_error.ts";

/** A server that waits for one request. */
export interface Loopback extends AsyncDisposable {
  /** Where the browser has to come to. */
  readonly redirectUri: string;
  /** What it brought; throws `denied` where the consent was refused, or the signal's reason. */
  readonly answer: Promise<AuthorizationAnswer>;
}

/**
 * Listens on 127.0.0.1 at a free port for the one request that brings the code.
 * Anything else (a browser asks for an icon) is answered with 404. Needs
 * `--allow-net=127.0.0.1`.
 */
export function listenLoopback(signal: AbortSignal): Loopback {
  const { promise: answer, resolve, reject } = Promise.withResolvers<AuthorizationAnswer>();
  // Whoever waits hears of it; nobody has to wait.
  answer.catch(() => undefined);
  const path = `/${crypto.randomUUID()}`;
  let used = false;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const url = new URL(request.url);
    if (used || request.method !== "GET" || url.pathname !== path) return page("Not found", 404);
    used = true;
    const [code, state] = [url.searchParams.get("code"), url.searchParams.get("state")];
    if (code !== null && state !== null) {
      resolve({ code, state });
      return page("Holdfast has what it needs. You can close this window.", 200);
    }
    reject(refusal(url.searchParams.get("error")));
    return page("Holdfast was not given access. You can close this window.", 400);
  });
  const stop = (): void => reject(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  return {
    redirectUri: `http://127.0.0.1:${server.addr.port}${path}`,
    answer,
    async [Symbol.asyncDispose](): Promise<void> {
      signal.removeEventListener("abort", stop);
      await server.shutdown();
    },
  };
}

/** What the consent page said instead of a code. */
function refusal(error: string | null): TargetError {
  if (error !== null && /^\w{1,60}$/.test(error)) {
    return new GoogleError("sign in to Google", { status: 400, reason: error });
  }
  return new TargetError("denied", "Cannot sign in to Google: the browser came without a code");
}

/** A page for the person: no scripts, kept nowhere, and the address with the code not passed on. */
function page(text: string, status: number): Response {
  return new Response(
    `<!doctype html><meta charset="utf-8"><title>holdfast</title><p>${text}</p>`,
    {
      status,
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": "default-src 'none'",
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
        "connection": "close",
      },
    },
  );
}
