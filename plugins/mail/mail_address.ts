/**
 * Mail addresses as people write them.
 *
 * @module
 */

import { TargetError } from "../../core/extend/mod.ts";

/** `user@host` or `Name <user@host>`, on one line (RFC 5322 §3.4, without its rarer forms). */
const form =
  /^(?:[^<>@,;:"\r\n]*<)?[^\s<>@,;:"()[\]]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)*>?$/u;

/** Checks an address; throws `invalid` by the name of its setting. */
export function mailAddress(text: string, setting: string): string {
  const trimmed = text.trim();
  const opens = trimmed.includes("<");
  const [user, host] = trimmed.replace(/^.*<|>$/g, "").split("@");
  const isGood = form.test(trimmed) && opens === trimmed.endsWith(">") &&
    user !== undefined && user.length <= 64 && !/^\.|\.\.|\.$/.test(user) &&
    host !== undefined && host.length <= 253;
  if (isGood) return trimmed;
  throw new TargetError("invalid", `Cannot use the setting "${setting}": "${text}" is no address`, {
    hint: "Write it as ann@example.org, or as Ann <ann@example.org>.",
  });
}
