/**
 * What rclone says when it fails, as the six kinds.
 *
 * @module
 */

import { TargetError, type TargetErrorKind } from "../../core/extend/mod.ts";

/** How a run of rclone failed. */
export interface RcloneFailure {
  /** Its exit code. */
  readonly code: number;
  /** What it said, one message an entry. */
  readonly messages: readonly string[];
}

/**
 * rclone's exit codes (https://rclone.org/docs/#list-of-exit-codes) tell missing
 * files and little else; the rest can be read only from what it says, which is
 * what the remotes and the system answered. The first that fits counts.
 */
const sayings: readonly (readonly [TargetErrorKind, RegExp])[] = [
  [
    "corrupt",
    /failed to authenticate decrypted block|corrupted on transfer|not an encrypted file|bad magic/i,
  ],
  [
    "full",
    /no space left|remaining disk space|disk quota|quota ?exceeded|storageQuotaExceeded|insufficient (storage|space)|\b507\b|not enough (space|quota)|storage limit/i,
  ],
  [
    "invalid",
    /didn't find section in config file|didn't find backend called|unknown (flag|command)|not a (valid )?remote|file name too long|is a file not a directory|is a directory|invalid (argument|bucket name)/i,
  ],
  [
    "denied",
    /permission denied|access ?denied|unauthorized|forbidden|\b40[13]\b|invalid_grant|invalid_client|expired token|token (has been )?(expired|revoked)|couldn't decrypt|unable to authenticate|login incorrect|InvalidAccessKeyId|SignatureDoesNotMatch|password is (wrong|incorrect)|unable to decrypt|empty token|config(uration)? is encrypted|knownhosts|host key/i,
  ],
];

/** What to do, by kind. */
const hints: Readonly<Record<TargetErrorKind, string>> = {
  not_found: "List the target: it may have been removed there.",
  denied: "Try `rclone lsd` with the same remote; `rclone config reconnect` signs in anew.",
  unavailable: "Check the network and the remote, then run it again.",
  full: "Free space at the remote, or prune the target.",
  invalid: "Check the setting `remote` with `rclone listremotes` and `rclone lsd`.",
  corrupt: "The copy is damaged, or the keys of the crypt remote are others than before.",
};

/** The kind of a failure. */
export function failureKind({ messages }: RcloneFailure): TargetErrorKind {
  const said = messages.join("\n");
  return sayings.find(([, words]) => words.test(said))?.[0] ?? "unavailable";
}

/** A failed run as an error of a kind. Values that are secret are blotted out. */
export function rcloneError(
  action: string,
  failure: RcloneFailure,
  secrets: readonly string[],
): TargetError {
  const kind = failureKind(failure);
  const last = failure.messages.at(-1) ?? `rclone ended with code ${failure.code}`;
  const said = secrets.filter((secret) => secret.length > 3)
    .reduce((text, secret) => text.replaceAll(secret, "***"), last.slice(0, 500));
  return new TargetError(kind, `${action}: ${said}`, { hint: hints[kind] });
}
