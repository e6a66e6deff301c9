/**
 * What zip.js throws, as our errors.
 *
 * @module
 */

import { isDenied, isNoSpace, TargetError } from "../../core/extend/mod.ts";
import {
  ERR_BAD_FORMAT,
  ERR_ENCRYPTED,
  ERR_EOCDR_NOT_FOUND,
  ERR_INVALID_AUTHENTICATION_CODE,
  ERR_INVALID_PASSWORD,
  ERR_SPLIT_ZIP_FILE,
  ERR_UNSAFE_FILENAME,
  ERR_UNSUPPORTED_COMPRESSION,
  ERR_UNSUPPORTED_ENCRYPTION,
} from "./zip_library.ts";

/** The part of an archive that an error is about. */
export interface ArchivePlace {
  /** The entry, where it is one. */
  readonly entry?: string | undefined;
  /** Whose reason is passed on where it was aborted. */
  readonly signal: AbortSignal;
}

/** A damaged archive. */
export function damaged(why: string, cause?: unknown): TargetError {
  return new TargetError("corrupt", `Cannot read the archive: ${why}`, {
    hint: "Take another copy of it.",
    cause,
  });
}

/** An archive that is refused as it is. */
export function refused(why: string): TargetError {
  return new TargetError("invalid", `Cannot unpack the archive: ${why}`, {
    hint: "It was not made by this program, or was altered: do not trust it.",
  });
}

/** The error that the archive's own key is missing or wrong. */
function locked(what: string, cause: unknown): TargetError {
  return new TargetError("denied", `Cannot read the archive: ${what}`, {
    hint: "Give the password it was packed with.",
    cause,
  });
}

/**
 * The error to throw for what zip.js, the system or a stream threw. zip.js names
 * its errors by their message alone and exports each as a constant.
 */
export function archiveError(cause: unknown, place: ArchivePlace): unknown {
  if (place.signal.aborted) return place.signal.reason;
  if (cause instanceof TargetError) return cause;
  if (isNoSpace(cause)) {
    return new TargetError("full", "Cannot unpack the archive: there is no room left on the disk", {
      hint: "Free some space there and run it again.",
      cause,
    });
  }
  if (isDenied(cause)) {
    return new TargetError("denied", "Cannot unpack the archive: access is denied", { cause });
  }
  if (!(cause instanceof Error)) return damaged(String(cause), cause);
  const entry = place.entry === undefined ? "it" : `"${place.entry}"`;
  switch (cause.message) {
    case ERR_ENCRYPTED:
      return locked(`${entry} is encrypted and no password is given`, cause);
    case ERR_INVALID_PASSWORD:
      return locked(`the password does not open ${entry}`, cause);
    case ERR_INVALID_AUTHENTICATION_CODE:
      return damaged(`the encrypted bytes of ${entry} were altered`, cause);
    case ERR_UNSUPPORTED_COMPRESSION:
    case ERR_UNSUPPORTED_ENCRYPTION:
      return refused(`${entry} is packed in a way that is not known here`);
    case ERR_SPLIT_ZIP_FILE:
      return refused("it is one part of several");
    case ERR_UNSAFE_FILENAME:
      return refused(`the name ${unsafeName(cause)} leads out of the folder`);
    case ERR_BAD_FORMAT:
    case ERR_EOCDR_NOT_FOUND:
      return damaged("it is no ZIP archive, or its end is missing", cause);
    default:
      return damaged(`${entry} is damaged (${detail(cause)})`, cause);
  }
}

/** The name that zip.js refused. */
function unsafeName(error: Error): string {
  return "filename" in error ? `"${String(error.filename)}"` : "of an entry";
}

/** What zip.js found, in its words. */
function detail(error: Error): string {
  return "reason" in error ? `${error.message}: ${String(error.reason)}` : error.message;
}
