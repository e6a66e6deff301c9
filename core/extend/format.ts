/**
 * The contract of a way to pack the content of a backup into one file.
 *
 * @module
 */

import type { Body } from "./body.ts";

/** One file of a backup's content. */
export interface PackedFile {
  /** `/`-separated name inside the artifact: `database.sqlite`, `files/prefs.json`. */
  readonly name: string;
  /** Its bytes. */
  readonly body: Body;
  /** When it was last changed (UTC). */
  readonly modifiedAt?: Temporal.Instant | undefined;
}

/** What `pack` and `unpack` are given. */
export interface FormatOptions {
  /** Aborted when the caller gives up. */
  readonly signal: AbortSignal;
  /** Called with the plain bytes done so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/** What reading an artifact is given. */
export interface ReadFormatOptions extends FormatOptions {
  /** Its bytes are those that were packed here, by their hash: it is no bomb. */
  readonly trusted?: boolean | undefined;
}

/** What `unpack` is given. */
export interface UnpackOptions extends ReadFormatOptions {
  /** Only files with such a name; all by default. */
  readonly only?: ((name: string) => boolean) | undefined;
}

/** One file that `check` read. */
export interface CheckedFile {
  /** Its name inside the artifact. */
  readonly name: string;
  /** Its size in bytes. */
  readonly size: number;
  /** SHA-256 of its bytes, lower-case hex. */
  readonly sha256: string;
}

/** One file that `unpack` wrote. */
export interface UnpackedFile {
  /** Its name inside the artifact. */
  readonly name: string;
  /** Where it lies now. */
  readonly path: string;
  /** Its size in bytes. */
  readonly size: number;
  /** When it was last changed, where the format keeps that. */
  readonly modifiedAt?: Temporal.Instant | undefined;
}

/** A way to pack files into one. Artifacts are untrusted: `unpack` writes below `into` only. */
export interface Format {
  /** The file name ending, with its dot: `.zip`. */
  readonly suffix: string;
  /** Packs the files and the facts about them; the stream is the artifact. */
  pack(
    files: readonly PackedFile[],
    facts: Readonly<Record<string, unknown>>,
    options: FormatOptions,
  ): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
  /** The facts that were packed, without unpacking the files. */
  inspect(body: Body, options: ReadFormatOptions): Promise<Readonly<Record<string, unknown>>>;
  /** Reads every byte and checks it, without writing anything; throws as `unpack` does. */
  check(body: Body, options: ReadFormatOptions): Promise<readonly CheckedFile[]>;
  /** Writes the files below the folder `into`, every one checked, or throws and leaves what it wrote to the caller. */
  unpack(body: Body, into: string, options: UnpackOptions): Promise<readonly UnpackedFile[]>;
}
