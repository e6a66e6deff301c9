/**
 * The key by which a server is known.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { TargetError } from "../../core/extend/mod.ts";

/** Under which name the trusted key is kept in the state of the target. */
export const hostKeyState = "hostKey";

/** How OpenSSH shows a key: `SHA256:` and 43 letters of base64. */
export function fingerprint(key: Uint8Array): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

/** What kind of key it is: `ssh-ed25519` (RFC 4253 §6.6: its first string). */
export function keyType(key: Uint8Array): string {
  const length = new DataView(key.buffer, key.byteOffset, key.byteLength).getUint32(0);
  return new TextDecoder().decode(key.subarray(4, 4 + length));
}

/** What is wrong with a fingerprint as people write it. */
export function fingerprintProblem(text: string): string | undefined {
  const isOne = /^SHA256:[A-Za-z0-9+/]{43}$/.test(plain(text));
  return isOne ? undefined : `"${text}" is no fingerprint: one looks like SHA256:…`;
}

/** A fingerprint without what does not count. */
function plain(text: string): string {
  return text.trim().replace(/=+$/, "");
}

/** Checks a fingerprint as people write it; throws `invalid`. */
export function parseFingerprint(text: string): string {
  if (fingerprintProblem(text) === undefined) return plain(text);
  throw new TargetError("invalid", `Cannot use the host key "${text}": it is no fingerprint`, {
    hint: "On the server, `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` shows it: SHA256:…",
  });
}

/** The error for a server that shows another key than the trusted one. */
export function changedKeyError(server: string, trusted: string, key: Uint8Array): TargetError {
  return new TargetError(
    "denied",
    `Cannot trust "${server}": it shows the ${keyType(key)} key ${fingerprint(key)}, ` +
      `trusted is ${trusted}`,
    {
      hint: "Somebody may be in between. If the server really has a new key, connect the target " +
        "anew or change the setting `hostKey`.",
    },
  );
}

/** The error for a server whose key nobody has looked at. */
export function unknownKeyError(server: string): TargetError {
  return new TargetError("denied", `Cannot trust "${server}": its host key is not known yet`, {
    hint: "Connect the target once and look at the key, or give the setting `hostKey`.",
  });
}
