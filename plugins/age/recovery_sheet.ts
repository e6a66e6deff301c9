/**
 * A page to print and put away: the key, and how to use it without us.
 *
 * @module
 */

import type { AgeKey } from "./identity_file.ts";

/** What {@linkcode recoverySheet} is given. */
export interface RecoverySheetOptions {
  /** What the key protects, in a few words. */
  readonly subject: string;
  /** When the key was made. */
  readonly createdAt: Temporal.Instant;
}

/** The text of the page. It holds the secret: it goes to a printer, not to a log. */
export function recoverySheet(key: AgeKey, { subject, createdAt }: RecoverySheetOptions): string {
  return `RECOVERY SHEET: ${subject}

Key made on ${createdAt.toString().slice(0, 10)}. Without it, nobody can open the encrypted
copies: neither you nor we. Keep this page where fire, water and thieves
do not reach it and the computer at the same time.

Public key (not secret):

  ${key.recipient}

Secret key (whoever has it can read every copy):

  ${key.identity}

To open a copy with holdfast:

  1. Write the secret key, as one line, into a file "key.txt".
  2. Name that file as the identity of the target, and restore.

To open a copy without holdfast, with age (https://age-encryption.org):

  age -d -i key.txt -o backup.db.zst backup.db.zst.age
  zstd -d backup.db.zst          (where the name ends with .zst)
  gunzip backup.db.gz            (where the name ends with .gz)
  sqlite3 backup.db "pragma integrity_check"
`;
}
