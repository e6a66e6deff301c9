/**
 * One open file on the server.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { callExtension } from "./call_extension.ts";
import type { SftpSession } from "./sftp_session.ts";

/** A file on the server, open until it is disposed of. */
export interface SftpFile extends AsyncDisposable {
  /** Its size there now. */
  size(): Promise<number>;
  /** Writes bytes at a place. */
  write(bytes: Uint8Array<ArrayBuffer>, position: number): Promise<void>;
  /** Up to so many bytes from a place; none at the end. */
  read(position: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Cuts it. */
  truncate(size: number): Promise<void>;
  /** Makes it durable where the server can. */
  sync(): Promise<void>;
}

/** How a file is opened: to read it, to write it anew, or to go on with it. */
export type OpenMode = "r" | "w" | "r+";

/** Opens a file; new ones get mode 0600. */
export async function openSftpFile(
  session: SftpSession,
  path: string,
  options: { readonly mode: OpenMode; readonly signal: AbortSignal },
): Promise<SftpFile> {
  const { mode, signal } = options;
  const handle = await session.call<Buffer>(
    signal,
    (sftp, done) => sftp.open(path, mode, 0o600, done),
    (late) => closeHandle(session, late),
  );
  return {
    size: async () =>
      (await session.call<{ readonly size: number }>(signal, (sftp, done) => {
        sftp.fstat(handle, done);
      })).size,
    write: (bytes, position) =>
      session.call<void>(signal, (sftp, done) => {
        const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        sftp.write(handle, buffer, 0, buffer.length, position, (error) => done(error, undefined));
      }),
    read: (position, length) => readSome(session, handle, { position, length, signal }),
    truncate: (size) =>
      session.call<void>(signal, (sftp, done) => {
        sftp.fsetstat(handle, { size }, (error) => done(error, undefined));
      }),
    sync: () => sync(session, handle, signal),
    async [Symbol.asyncDispose](): Promise<void> {
      await closeHandle(session, handle);
    },
  };
}

/** The status for the end of the file. */
const endOfFile = 1;

/** What a read is given. */
interface ReadRange {
  readonly position: number;
  readonly length: number;
  readonly signal: AbortSignal;
}

/** Reads once; an end of the file is no error. */
function readSome(
  session: SftpSession,
  handle: Buffer,
  { position, length, signal }: ReadRange,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  return session.call<Uint8Array<ArrayBuffer>>(signal, (sftp, done) => {
    sftp.read(handle, Buffer.from(bytes.buffer), 0, length, position, (error, count) => {
      if (error && "code" in error && error.code === endOfFile) done(null, bytes.subarray(0, 0));
      else done(error, bytes.subarray(0, count));
    });
  });
}

/** Asks for an fsync, which not every server knows. */
async function sync(session: SftpSession, handle: Buffer, signal: AbortSignal): Promise<void> {
  await callExtension<void>(session, signal, (sftp, done) => {
    sftp.ext_openssh_fsync(handle, (error) => done(error, undefined));
  });
}

/** Closes a handle; a lost connection closes it too. */
async function closeHandle(session: SftpSession, handle: Buffer): Promise<void> {
  if (!session.alive) return;
  const { signal } = new AbortController();
  try {
    await session.call<void>(signal, (sftp, done) => {
      sftp.close(handle, (error) => done(error, undefined));
    });
  } catch (cause) {
    // What matters was written and synced before, or failed already.
    if (!(cause instanceof Error)) throw cause;
  }
}
