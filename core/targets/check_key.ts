/**
 * Proves that the key at hand opens the newest copy, without downloading all of it.
 *
 * @module
 */

import { copiesJob, type CopiesOptions, type CopiesWork } from "./copies_job.ts";
import { chooseCopy } from "./choose_copies.ts";
import type { CopyRecord } from "./copy_record.ts";
import { isEncrypted } from "./verify_copies.ts";

/** What was proven. */
export interface KeyCheckResult {
  /** The name of the backup. */
  readonly name: string;
  /** Its copy is encrypted: and the key opened it, else it would have thrown. */
  readonly encrypted: boolean;
}

/**
 * Reads the newest good copy until its first plain bytes come out.
 *
 * @throws {HoldfastError} `KEY_WRONG`, `BACKUP_NOT_FOUND`, `BACKUP_INVALID`, `TARGET_FAILED`.
 */
export async function checkKey(options: CopiesOptions): Promise<KeyCheckResult> {
  const { result } = await copiesJob("verify", options, async ({ copies }, work) => {
    const { record } = chooseCopy(copies, {});
    const encrypted = await opens(record, work);
    const name = record.backup.filename;
    return { result: { name, encrypted }, summary: `the key opens ${name}` };
  });
  return result;
}

async function opens(record: CopyRecord, work: CopiesWork): Promise<boolean> {
  if (!await isEncrypted(record, work)) return false;
  const { artifact } = record;
  const codecs = await Promise.all(artifact.codecs.map((name) => work.place.codec(name)));
  const { signal } = work;
  let stream = await work.target.get(artifact.key, { signal });
  for (const codec of codecs.toReversed()) stream = stream.pipeThrough(await codec.decode(signal));
  const reader = stream.getReader();
  try {
    await reader.read();
  } finally {
    await reader.cancel("enough was read");
  }
  return true;
}
