/**
 * Takes on a backup file that the catalog does not know: all that is known of it is its
 * name, its bytes, and what both say; of an archive, also its facts.
 *
 * @module
 */

import { join } from "node:path";
import { parseBackupName } from "../artifact/backup_name.ts";
import type { BackupRecord } from "../artifact/backup_record.ts";
import type { Formats } from "../artifact/formats.ts";
import type { Clock } from "../clock.ts";
import { hashFile } from "../files/hash_file.ts";
import { iso } from "../artifact/new_record.ts";
import { packedStray } from "./packed_stray.ts";

/** How the bundled formats begin. */
const heads: Readonly<Record<string, string>> = { ".db": "SQLite format 3\0", ".zip": "PK" };

/**
 * The record of a stray, marked as inferred: retention never deletes it. `undefined` where
 * the file is not what its name says.
 */
export async function strayRecord(
  directory: string,
  name: string,
  { clock, ...reading }: {
    readonly clock: Clock;
    readonly formats?: Formats | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<Omit<BackupRecord, "sequence"> | undefined> {
  const parts = parseBackupName(name);
  const path = join(directory, name);
  const head = heads[parts?.extension ?? ""];
  if (parts === undefined || head === undefined || await headOf(path, head.length) !== head) {
    return undefined;
  }
  const { size } = await Deno.stat(path);
  const named = parts.wallTime.toZonedDateTime(clock.zone()).toInstant();
  const told = await packedStray(path, named, reading);
  return {
    id: crypto.randomUUID(),
    name,
    reason: "manual",
    sourceVersion: told?.sourceVersion ?? null,
    path,
    size,
    fileCount: told?.fileCount ?? 1,
    format: parts.extension.slice(1),
    sha256: await hashFile(path),
    note: null,
    metadata: { ...told?.metadata, inferred: true, zone: clock.zone() },
    createdAt: told?.createdAt ?? iso(named),
    expiresAt: null,
    pinned: false,
    proof: "hashed",
    provedAt: iso(clock.now()),
    deletedAt: null,
  };
}

async function headOf(path: string, length: number): Promise<string> {
  using file = await Deno.open(path);
  const bytes = new Uint8Array(length);
  const count = await file.read(bytes);
  return new TextDecoder("latin1").decode(bytes.subarray(0, count ?? 0));
}
