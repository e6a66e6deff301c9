/**
 * A snapshot taken while this very process holds the write lock of the restore.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { descriptorOf } from "./open.ts";
import { execute } from "./execute.ts";

/**
 * Copies the committed state to `destination`, synced, in one step under its final
 * name. Nobody else can commit meanwhile. In WAL mode the committed state is the file
 * and the committed frames of its `-wal`; in rollback mode it is the file, to which
 * nothing was written yet. Both are read through descriptors that never close.
 */
export function snapshotInsideLock(live: string, destination: string): void {
  const unfinished = `${destination}.unfinished`;
  copy(live, unfinished);
  if (isWal(live)) {
    copy(`${live}-wal`, `${unfinished}-wal`);
    const database = new DatabaseSync(unfinished, { enableForeignKeyConstraints: false });
    try {
      execute(database, "PRAGMA wal_checkpoint(TRUNCATE)");
    } finally {
      database.close();
    }
    using file = Deno.openSync(unfinished, { read: true, write: true });
    file.syncSync();
  }
  Deno.renameSync(unfinished, destination);
}

/** Bytes 18 and 19 of the header are 2 in WAL mode. */
function isWal(live: string): boolean {
  const header = new Uint8Array(20);
  const file = descriptorOf(live);
  file.seekSync(0, Deno.SeekMode.Start);
  file.readSync(header);
  return header[18] === 2;
}

function copy(from: string, to: string): void {
  const source = descriptorOf(from);
  source.seekSync(0, Deno.SeekMode.Start);
  using target = Deno.openSync(to, { write: true, create: true, truncate: true, mode: 0o600 });
  const buffer = new Uint8Array(1 << 20);
  for (let read = source.readSync(buffer); read !== null; read = source.readSync(buffer)) {
    for (let at = 0; at < read;) at += target.writeSync(buffer.subarray(at, read));
  }
  target.syncSync();
}
