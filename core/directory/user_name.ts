/**
 * Who runs this process, for the log.
 *
 * @module
 */

import { userInfo } from "node:os";

/**
 * The name of the user, or `uid 1000` where only the number may be known or the system has no
 * name for it; `null` where neither may. Asks for no permission: it uses `--allow-sys=uid`, and
 * for the name also `gid` and `username`, where they were granted.
 */
export function userName(): string | null {
  if (!isGranted("uid")) return null;
  const uid = Deno.uid();
  const number = uid === null ? null : `uid ${uid}`;
  if (!isGranted("gid") || !isGranted("username")) return number;
  try {
    return userInfo().username;
  } catch (error) {
    // A container may run under a number that its system does not know.
    if (error instanceof Error) return number;
    throw error;
  }
}

function isGranted(kind: "uid" | "gid" | "username"): boolean {
  return Deno.permissions.querySync({ name: "sys", kind }).state === "granted";
}
