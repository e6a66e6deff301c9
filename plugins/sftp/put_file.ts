/**
 * Stores one object: `.part`, checked and synced, then renamed over.
 *
 * @module
 */

import {
  type Body,
  keyPath,
  partPath,
  type PutOptions,
  TargetError,
} from "../../core/extend/mod.ts";
import { callExtension } from "./call_extension.ts";
import { makeFolders } from "./make_folders.ts";
import { sftpStatus, statusOf } from "./sftp_error.ts";
import { type OpenMode, openSftpFile, type SftpFile } from "./sftp_file.ts";
import type { SftpSession } from "./sftp_session.ts";
import type { Place } from "./sftp_target.ts";
import { freeSpace, statPath } from "./stat_path.ts";
import { sweepParts } from "./sweep_parts.ts";
import { bodySha256, checkSize, streamSha256, upload } from "./upload.ts";
import { download } from "./download.ts";

/** What {@linkcode putFile} is given. */
export interface PutFileOptions extends PutOptions {
  readonly key: string;
  readonly body: Body;
}

/** Stores the object, all or nothing. What was sent stays as `.part` and is gone on with. */
export async function putFile(place: Place, options: PutFileOptions): Promise<void> {
  const { session, root } = place;
  const { key, body, signal } = options;
  const part = `${root}/${partPath(key)}`;
  const path = `${root}/${keyPath(key)}`;
  const offset = await usablePart(session, part, options);
  let acknowledged = offset;
  try {
    await using file = await openPart(session, part, { mode: offset > 0 ? "r+" : "w", signal });
    options.onProgress?.(offset);
    await upload(file, body, {
      offset,
      signal,
      onProgress: (bytes) => {
        acknowledged = bytes;
        options.onProgress?.(bytes);
      },
    });
    await file.sync();
    await checkSize(file, key, body.size);
  } catch (cause) {
    throw await whyNot(place, part, { cause, key, signal, missing: body.size - acknowledged });
  }
  signal.throwIfAborted();
  await renameOver(session, part, { path, key, signal });
  await sweepParts(session, path.slice(0, path.lastIndexOf("/")), signal);
}

/** How many bytes of an earlier try are there and are the first bytes of this body. */
async function usablePart(
  session: SftpSession,
  part: string,
  { key, body, signal, onProgress }: PutFileOptions,
): Promise<number> {
  const size = (await statPath(session, part, signal))?.size ?? 0;
  if (size === 0 || size > body.size) return 0;
  const there = await session.sha256(part, signal) ?? await readSha256();
  return there === await bodySha256(body, size, signal) ? size : 0;

  async function readSha256(): Promise<string> {
    const file = await openSftpFile(session, part, { mode: "r", signal });
    const stream = download(file, { key, offset: 0, end: size });
    // Nothing is acknowledged yet, but a deadline should see that the work goes on.
    return await streamSha256(stream, signal, () => onProgress?.(0));
  }
}

/** Opens the part, with its folders where they are missing. */
async function openPart(
  session: SftpSession,
  part: string,
  options: { readonly mode: OpenMode; readonly signal: AbortSignal },
): Promise<SftpFile> {
  for (let left = 3;; left--) {
    try {
      return await openSftpFile(session, part, options);
    } catch (cause) {
      // Another verb may tidy the folder away between the two requests.
      if (statusOf(cause) !== sftpStatus.noSuchFile || left === 0) throw cause;
      await makeFolders(session, part.slice(0, part.lastIndexOf("/")), options.signal);
    }
  }
}

/** What {@linkcode whyNot} is given. */
interface Failure {
  readonly cause: unknown;
  readonly key: string;
  readonly signal: AbortSignal;
  /** Bytes that the server had not acknowledged. */
  readonly missing: number;
}

/**
 * The better error for a failed upload: SFTP has no word for a full disk, so the
 * room is asked for. The part of a full disk, or of a broken body, is removed.
 */
async function whyNot(place: Place, part: string, failure: Failure): Promise<unknown> {
  const { cause, key, signal, missing } = failure;
  const { session, root } = place;
  if (signal.aborted || !session.alive) return cause;
  if (statusOf(cause) === sftpStatus.failure) {
    const space = await freeSpace(session, root, signal);
    if (space === undefined || space.free >= missing) return cause;
    await unlink(session, part, signal);
    return new TargetError("full", `Cannot store "${key}": ${space.free} bytes are free there`, {
      hint: `Free ${missing} bytes on the server, or prune the target.`,
      cause,
    });
  }
  if (cause instanceof TargetError && cause.kind === "corrupt") {
    await unlink(session, part, signal);
  }
  return cause;
}

/** Removes a file that may not be there. */
export async function unlink(
  session: SftpSession,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await session.call<void>(signal, (sftp, done) => {
      sftp.unlink(path, (error) => done(error, undefined));
    });
  } catch (cause) {
    // "Failure" is a folder, or a name below a file: no object either way.
    const status = statusOf(cause);
    if (status !== sftpStatus.noSuchFile && status !== sftpStatus.failure) throw cause;
  }
}

/** What {@linkcode renameOver} is given. */
interface RenameOptions {
  readonly path: string;
  readonly key: string;
  readonly signal: AbortSignal;
}

/** Renames over an old object in one step, or, on a server that cannot, removes the old one before. */
async function renameOver(
  session: SftpSession,
  part: string,
  { path, key, signal }: RenameOptions,
): Promise<void> {
  const { known } = await callExtension<void>(session, signal, (sftp, done) => {
    sftp.ext_openssh_rename(part, path, (error) => done(error, undefined));
  });
  if (known) return;
  await unlink(session, path, signal);
  try {
    await session.call<void>(signal, (sftp, done) => {
      sftp.rename(part, path, (error) => done(error, undefined));
    });
  } catch (cause) {
    if (statusOf(cause) === undefined) throw cause;
    throw new TargetError("unavailable", `Cannot give "${key}" its name on the server`, { cause });
  }
}
