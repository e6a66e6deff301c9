/**
 * Sends one HTTP request whose address is a secret, in bounded time.
 *
 * @module
 */

import { TargetError, type TargetErrorKind } from "./target_error.ts";

/** What {@linkcode sendRequest} is given. */
export interface SendRequestOptions {
  /** What it is for, for messages: `Cannot call the webhook`. */
  readonly action: string;
  /** Aborted when the caller gives up. */
  readonly signal: AbortSignal;
  /** Milliseconds until it is given up as `unavailable`. */
  readonly timeoutMs: number;
}

/**
 * Sends a request and waits until the other side accepted it. Throws `denied`,
 * `unavailable` or `invalid` by the status (RFC 9110 §15), or the signal's
 * reason. No error shows the address beyond its host, nor holds it as a cause:
 * who knows it may post. A redirect is not followed. Needs `--allow-net`.
 *
 * @example
 * ```ts
 * import { sendRequest } from "@holdfast/holdfast/plugin";
 *
 * await using server = Deno.serve({ port: 0, onListen() {} }, () => new Response("ok"));
 * const request = new Request(`http://localhost:${server.addr.port}/secret`, { method: "POST" });
 * const { signal } = new AbortController();
 * await sendRequest(request, { action: "Cannot call", signal, timeoutMs: 5_000 });
 * ```
 */
export async function sendRequest(request: Request, options: SendRequestOptions): Promise<void> {
  const { action, signal, timeoutMs } = options;
  const { host } = new URL(request.url);
  signal.throwIfAborted();
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), timeoutMs);
  try {
    const response = await fetch(request, {
      signal: AbortSignal.any([signal, deadline.signal]),
      redirect: "manual",
    });
    await response.body?.cancel();
    if (!response.ok) throw statusError(response, `${action} at "${host}"`);
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof TargetError) throw cause;
    if (cause instanceof Deno.errors.NotCapable) {
      throw new TargetError("denied", `${action} at "${host}": Deno does not allow it`, {
        hint: `Allow it: --allow-net=${host}.`,
      });
    }
    // The cause of fetch spells out the whole address.
    const why = deadline.signal.aborted
      ? `no answer within ${timeoutMs / 1000} s`
      : "it cannot be reached";
    throw new TargetError("unavailable", `${action} at "${host}": ${why}`, {
      hint: "Check the network and that the service runs.",
    });
  } finally {
    clearTimeout(timer);
  }
}

/** The error for an answer that is no success. */
function statusError({ status, headers }: Response, action: string): TargetError {
  const seconds = Number(headers.get("retry-after") ?? NaN);
  return new TargetError(statusKind(status), `${action}: the answer is ${status}`, {
    hint: status === 401 || status === 403
      ? "Check the address and its secret: it may have been revoked."
      : status < 500 && status !== 429
      ? "Check the address: the service does not take this."
      : "The service is busy or broken: it is tried again later.",
    ...(Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {}),
  });
}

/** The kind of a status. */
function statusKind(status: number): TargetErrorKind {
  if (status === 401 || status === 403 || status === 407) return "denied";
  return status >= 500 || status === 408 || status === 429 ? "unavailable" : "invalid";
}

/** Reads an address that is a secret; throws `invalid` by the name of its setting, without it. */
export function secretUrl(text: string | undefined, setting: string): URL {
  const url = text === undefined ? null : URL.parse(text.trim());
  if (url !== null && /^https?:$/.test(url.protocol) && url.hostname !== "") return url;
  throw new TargetError("invalid", `Cannot use the setting "${setting}": it is no web address`, {
    hint: `Set "${setting}" to an address that begins with https:// or http://.`,
  });
}
