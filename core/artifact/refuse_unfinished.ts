/**
 * A database file from anywhere that is not all of its database.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";
import { isMissing } from "../files/file_error.ts";

/** Bytes of a `-wal` without a single page: its header. */
const WAL_HEADER = 32;

/** How a `-wal` begins; the last bit tells the order of bytes in its checksums. */
const WAL_MAGIC = /^377f068[23]/;

/** How a `-journal` begins that has yet to be rolled back. */
const HOT_JOURNAL = "d9d505f920a163d7";

/**
 * Refuses a file with a `-wal` or a hot `-journal` beside it: it is used alone, so commits would
 * be left out, or half of one would be in it.
 *
 * @throws {HoldfastError} `BACKUP_INVALID`.
 * @see https://www.sqlite.org/fileformat2.html#the_rollback_journal
 * @see https://www.sqlite.org/howtocorrupt.html#_separating_a_database_file_from_its_wal_or_journal_
 */
export async function refuseUnfinished(path: string): Promise<void> {
  const wal = await startOf(`${path}-wal`, WAL_HEADER + 1);
  const holdsPages = wal.length > WAL_HEADER && WAL_MAGIC.test(wal.toHex());
  const isHot = (await startOf(`${path}-journal`, 8)).toHex() === HOT_JOURNAL;
  if (!holdsPages && !isHot) return;
  const beside = `${path}${isHot ? "-journal" : "-wal"}`;
  throw new HoldfastError(
    "BACKUP_INVALID",
    `Cannot use "${path}" alone: "${beside}" belongs to it`,
    {
      hint:
        "A program has it open, or crashed. Take a backup of it, which has all: holdfast backup.",
    },
  );
}

/** The first bytes of a file; none where it is missing. */
async function startOf(path: string, length: number): Promise<Uint8Array> {
  try {
    using file = await Deno.open(path);
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, await file.read(bytes) ?? 0);
  } catch (error) {
    if (isMissing(error)) return new Uint8Array();
    throw error;
  }
}
