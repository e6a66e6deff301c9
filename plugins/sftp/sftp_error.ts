/**
 * What an SFTP server and the way to it can do wrong, as the six kinds.
 *
 * @module
 */

import { TargetError } from "../../core/extend/mod.ts";

/**
 * The answers of a server that we tell apart
 * (draft-ietf-secsh-filexfer-02 §7, what OpenSSH speaks).
 */
export const sftpStatus = {
  noSuchFile: 2,
  permissionDenied: 3,
  failure: 4,
  unsupported: 8,
} as const;

/** The status of a refused request, `undefined` for any other failure. */
export function statusOf(cause: unknown): number | undefined {
  if (!(cause instanceof Error) || !("code" in cause)) return undefined;
  return typeof cause.code === "number" ? cause.code : undefined;
}

/** Where `ssh2` says that a connection failed. */
function levelOf(cause: unknown): string {
  if (!(cause instanceof Error) || !("level" in cause)) return "";
  return typeof cause.level === "string" ? cause.level : "";
}

/** The first line of what an error says. */
export function reasonOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split("\n", 1)[0] ?? "";
}

/**
 * The failure of a request as an error of a kind.
 *
 * @param action What was tried: `Cannot store "a.db" on "host"`.
 */
export function sftpError(action: string, cause: unknown): TargetError {
  if (cause instanceof TargetError) return cause;
  switch (statusOf(cause)) {
    case sftpStatus.noSuchFile:
      return new TargetError("invalid", `${action}: the folder is not there`, {
        hint: "Check the setting `path`, and that nothing else removes folders there.",
        cause,
      });
    case sftpStatus.permissionDenied:
      return new TargetError("denied", `${action}: the server gives no right to`, {
        hint: "Check the owner and the mode of the folder on the server.",
        cause,
      });
    case sftpStatus.failure:
      return new TargetError("unavailable", `${action}: the server says it failed, not why`, {
        hint: "Check the disk, the quota and the log of the server.",
        cause,
      });
  }
  return new TargetError("unavailable", `${action}: ${reasonOf(cause)}`, {
    hint: "Check the network and the server; what was sent so far is kept and goes on.",
    cause,
  });
}

/** The failure to connect, as an error of a kind. */
export function connectError(server: string, cause: unknown): TargetError {
  if (cause instanceof TargetError) return cause;
  const action = `Cannot connect to "${server}"`;
  if (levelOf(cause) === "client-authentication") {
    return new TargetError("denied", `${action}: the server refused the credentials`, {
      hint: "Check the user, the password, the private key or the keys of the agent.",
      cause,
    });
  }
  if (levelOf(cause) === "agent") {
    return new TargetError("denied", `${action}: ${reasonOf(cause)}`, {
      hint: "Check that the agent runs and that the setting `agent` is its socket.",
      cause,
    });
  }
  return new TargetError("unavailable", `${action}: ${reasonOf(cause)}`, {
    hint: "Check that the host and the port are right and that the server runs.",
    cause,
  });
}

/** The error for a server that does not answer. */
export function silentError(server: string, seconds: number): TargetError {
  return new TargetError("unavailable", `Cannot go on: "${server}" was silent for ${seconds} s`, {
    hint: "Check the network and the server, or give the setting `timeout` more seconds.",
  });
}
