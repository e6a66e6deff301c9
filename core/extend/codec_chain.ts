/**
 * Several codecs, one after the other, between a file and a stream.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { HoldfastError } from "../errors.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { fileBody } from "../files/file_body.ts";
import { abortableStream } from "./abortable_stream.ts";
import type { Body } from "./body.ts";
import type { Codec } from "./codec.ts";
import { exactStream } from "./exact_stream.ts";
import { TargetError } from "./target_error.ts";

/** What {@linkcode encodeToFile} is given. */
export interface EncodeOptions {
  /** The file to write; its folder exists. */
  readonly path: string;
  /** Aborted when the caller gives up. */
  readonly signal: AbortSignal;
  /** Called with the plain bytes read so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/** A file that came out of the codecs. */
export interface EncodedFile {
  /** Where it lies; removing it is the caller's. */
  readonly path: string;
  /** Its bytes. */
  readonly body: Body;
  /** Their SHA-256, lower-case hex. */
  readonly sha256: string;
}

/** What the codecs add to a file name, first to last: `.zst.age`. */
export function codecSuffix(codecs: readonly Codec[]): string {
  return codecs.map(({ suffix }) => suffix).join("");
}

/**
 * Sends a body through the codecs, first to last, into a file that appears whole
 * or not at all. What claims to be encrypted is checked to begin with the magic
 * bytes of its codec.
 *
 * Throws `PLUGIN_INVALID` where it does not, `NO_SPACE`, `PERMISSION_DENIED`, the
 * codec's `TargetError`, or the signal's reason.
 */
export async function encodeToFile(
  body: Body,
  codecs: readonly Codec[],
  { path, signal, onProgress }: EncodeOptions,
): Promise<EncodedFile> {
  const hash = createHash("sha256");
  let stream = abortableStream(exactStream(body), signal);
  if (onProgress !== undefined) stream = stream.pipeThrough(counted(onProgress));
  for (const codec of codecs) {
    stream = stream.pipeThrough(await codec.encode(signal)).pipeThrough(beginningWithMagic(codec));
  }
  stream = stream.pipeThrough(tapped((chunk) => hash.update(chunk)));
  await writeFileAtomic(path, stream, { signal });
  return { path, body: await fileBody(path), sha256: hash.digest("hex") };
}

/** What {@linkcode decodeToFile} is given. */
export interface DecodeOptions {
  /** The file to write; its folder exists. */
  readonly path: string;
  /** Aborted when the caller gives up. */
  readonly signal: AbortSignal;
  /** The SHA-256 that the encoded bytes must have, lower-case hex. */
  readonly sha256?: string | undefined;
  /** The plain bytes that must come out; more are refused before they fill the disk. */
  readonly size?: number | undefined;
  /** Called with the encoded bytes read so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/** A file that was decoded. */
export interface DecodedFile {
  /** Where it lies. */
  readonly path: string;
  /** Its size in bytes. */
  readonly size: number;
  /** The SHA-256 of its bytes, lower-case hex. */
  readonly sha256: string;
}

/**
 * Sends encoded bytes back through the codecs, last to first, into a file that
 * appears only when all of it was found good.
 *
 * Throws a `TargetError`, `corrupt` or `denied` (the wrong key), `NO_SPACE`,
 * `PERMISSION_DENIED`, what the stream throws, or the signal's reason.
 */
export async function decodeToFile(
  encoded: ReadableStream<Uint8Array<ArrayBuffer>>,
  codecs: readonly Codec[],
  { path, signal, sha256, size: wanted, onProgress }: DecodeOptions,
): Promise<DecodedFile> {
  const [encodedHash, plainHash] = [createHash("sha256"), createHash("sha256")];
  let stream = abortableStream(encoded, signal)
    .pipeThrough(tapped((chunk) => encodedHash.update(chunk)));
  if (onProgress !== undefined) stream = stream.pipeThrough(counted(onProgress));
  for (const codec of codecs.toReversed()) {
    stream = stream.pipeThrough(await codec.decode(signal));
  }
  stream = stream.pipeThrough(tapped((chunk) => plainHash.update(chunk)));
  const size = await writeFileAtomic(path, stream, {
    signal,
    onProgress(bytes): void {
      if (wanted !== undefined && bytes > wanted) {
        throw wrong("size", `more than ${wanted}`, wanted);
      }
    },
    beforeRename(written): void {
      const found = encodedHash.digest("hex");
      if (sha256 !== undefined && found !== sha256) throw wrong("SHA-256", found, sha256);
      if (wanted !== undefined && written < wanted) throw wrong("size", written, wanted);
    },
  });
  return { path, size, sha256: plainHash.digest("hex") };
}

/** The error for a copy that is not the one that was made. */
function wrong(what: string, found: string | number, wanted: string | number): TargetError {
  return new TargetError("corrupt", `Cannot use the copy: its ${what} is ${found}, not ${wanted}`, {
    hint: "Take another copy.",
  });
}

/** Passes bytes on and shows each chunk. */
function tapped(
  look: (chunk: Uint8Array<ArrayBuffer>) => void,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  return new TransformStream({
    transform(chunk, controller): void {
      look(chunk);
      controller.enqueue(chunk);
    },
  });
}

/** Passes bytes on and counts them. */
function counted(
  onProgress: (bytes: number) => void,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let count = 0;
  return tapped((chunk) => onProgress(count += chunk.length));
}

/** Lets nothing pass that does not begin as the codec's output must. */
function beginningWithMagic(
  codec: Codec,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  const { magic = new Uint8Array(0), suffix } = codec;
  const refuse = (): never => {
    throw new HoldfastError(
      "PLUGIN_INVALID",
      `Cannot send what the codec of "${suffix}" made: it does not begin as it must` +
        (codec.encrypts ? ", so it may not be encrypted" : ""),
      { hint: "Nothing left this machine. This comes from the plugin: tell its author." },
    );
  };
  if (codec.encrypts && magic.length === 0) refuse();
  let at = 0;
  return new TransformStream({
    transform(chunk, controller): void {
      for (let index = 0; at < magic.length && index < chunk.length; index++, at++) {
        if (chunk[index] !== magic[at]) refuse();
      }
      controller.enqueue(chunk);
    },
    flush(): void {
      if (at < magic.length) refuse();
    },
  });
}
