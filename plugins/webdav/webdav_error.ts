/**
 * What the answers of a WebDAV server mean, as one of the six kinds.
 *
 * @module
 */

import { TargetError, type TargetErrorKind } from "../../core/extend/mod.ts";

/** A kind, and what to do now. */
type Meaning = readonly [kind: TargetErrorKind, hint?: string];

const roomHint = "Make room on the server, or delete old backups there.";

/** What a status means (RFC 9110 §15, RFC 4918 §11). */
function meaningOf(status: number, headers: Headers): Meaning {
  switch (status) {
    case 401:
      return ["denied", signInHint(headers.get("www-authenticate") ?? "")];
    case 403:
      return ["denied", "Check what this user may do in the folder."];
    case 404:
      return ["not_found"];
    case 405:
      return ["invalid", "Check the address: no WebDAV folder is there."];
    case 409:
      return ["invalid", "Check the address: the folder above is missing."];
    case 413:
      return ["invalid", "Raise the server's limit for one file."];
    case 507:
      return ["full", roomHint];
    case 408:
    case 423:
    case 425:
    case 429:
      return ["unavailable"];
  }
  if (status >= 500) return ["unavailable"];
  if (status >= 300 && status < 400) {
    return [
      "invalid",
      `Use the address that the server names: ${headers.get("location") ?? "none"}`,
    ];
  }
  return ["invalid"];
}

/** What to do where the server wants another sign-in. */
function signInHint(asked: string): string {
  return /\b(basic|bearer)\b/i.test(asked) || asked === ""
    ? "Check the user and the password, or the token."
    : "The server takes neither Basic nor Bearer: switch one on there, over https.";
}

/**
 * The error for a failed request.
 *
 * @param action What was done, `Cannot …`.
 */
export function webdavError(
  action: string,
  { status, headers }: Pick<Response, "status" | "headers">,
): TargetError {
  const [kind, hint] = meaningOf(status, headers);
  const retryAfter = headers.get("retry-after") ?? "";
  return new TargetError(kind, `${action}: the WebDAV server says status ${status}`, {
    hint,
    retryAfterMs: /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : undefined,
  });
}

/** The error for a request that got no answer; the signal's reason and errors of a kind pass as they are. */
export function connectionError(action: string, cause: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (cause instanceof TargetError) return cause;
  if (cause instanceof Deno.errors.NotCapable) {
    return new TargetError("denied", `${action}: the network is not allowed`, {
      hint: "Run with --allow-net for the host of the server.",
      cause,
    });
  }
  return new TargetError("unavailable", `${action}: the WebDAV server cannot be reached`, {
    hint: "Check the network and the address.",
    cause,
  });
}
