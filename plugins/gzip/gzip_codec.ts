/**
 * gzip in blocks: one member for each MiB, so that memory is flat and every
 * truncated or altered input is refused. `gunzip` reads the result.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { type ByteSource, byteTransform, type Codec, TargetError } from "../../core/extend/mod.ts";
import {
  blockHeader,
  blockHeaderSize,
  blockMember,
  endMember,
  endMemberSize,
  memberMagic,
  memberSize,
  plainMember,
} from "./member.ts";

/** Plain bytes of a member. */
const blockSize = 1024 * 1024;

/** Plain bytes of a member that is read at most; later versions may write larger ones. */
const mostPlain = 4 * blockSize;

/** Bytes of a member that is read at most: a block that does not compress, and its frame. */
const mostPacked = mostPlain + 64 * 1024;

/** What {@linkcode gzipCodec} is given. */
export interface GzipOptions {
  /** From 1, fast, to 9, small; 6 by default. */
  readonly level?: number | undefined;
}

/**
 * Compression by gzip. Decoding throws `corrupt`; it reads what it wrote, not any
 * gzip file.
 *
 * @example
 * ```ts
 * import { bytesBody } from "@holdfast/holdfast/plugin";
 * import { gzipCodec } from "@holdfast/holdfast/plugins/gzip";
 *
 * const { signal } = new AbortController();
 * const rows = bytesBody(new Uint8Array(100_000));
 * const encoded = rows.stream().pipeThrough(await gzipCodec().encode(signal));
 * console.log((await new Response(encoded).bytes()).length < 1_000); // true
 * ```
 */
export function gzipCodec({ level = 6 }: GzipOptions = {}): Codec {
  return {
    suffix: ".gz",
    magic: memberMagic,
    encode: (signal) => Promise.resolve(byteTransform(signal, (source) => encoded(source, level))),
    decode: (signal) => Promise.resolve(byteTransform(signal, decoded)),
  };
}

/** A member for each block, and the last one with their digest. */
async function* encoded(
  source: ByteSource,
  level: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const hash = createHash("sha256");
  for (let place = 0, more = true; more; place++) {
    const block = await source.read(blockSize);
    more = block.length === blockSize;
    if (block.length === 0) break;
    const member = blockMember(place, block, level);
    hash.update(member);
    yield member;
  }
  yield endMember(hash.digest());
}

/** The content of each member; fails where anything is not as it was written. */
async function* decoded(source: ByteSource): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const hash = createHash("sha256");
  for (let place = 0;; place++) {
    const header = await source.read(blockHeaderSize);
    const size = header.length === blockHeaderSize ? memberSize(header) : 0;
    if (!Buffer.from(header).equals(blockHeader(place, size))) {
      await readEnd(source, header, { sha256: hash.digest(), place });
      return;
    }
    if (size <= blockHeaderSize || size > mostPacked) throw damaged("a member has a wrong size");
    const member = new Uint8Array(size);
    const rest = await source.read(size - blockHeaderSize);
    if (rest.length < size - blockHeaderSize) throw damaged("it is cut off");
    member.set(header);
    member.set(rest, blockHeaderSize);
    hash.update(member);
    yield content(member);
  }
}

/** Reads the last member and refuses everything else. */
async function readEnd(
  source: ByteSource,
  begun: Uint8Array<ArrayBuffer>,
  { sha256, place }: { readonly sha256: Uint8Array; readonly place: number },
): Promise<void> {
  const rest = await source.read(endMemberSize - begun.length);
  if (!Buffer.concat([begun, rest]).equals(endMember(sha256))) {
    throw damaged(place === 0 ? "it is not ours" : "it is cut off, or altered");
  }
  if ((await source.read(1)).length > 0) throw damaged("something follows its end");
}

/** What a member holds, its CRC and length compared. */
function content(member: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(gunzipSync(plainMember(member), { maxOutputLength: mostPlain }));
  } catch (cause) {
    throw damaged(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** The error for an input that is not what was encoded. */
function damaged(why: string, cause?: unknown): TargetError {
  return new TargetError("corrupt", `Cannot decompress the gzip data: ${why}`, {
    hint: "Take another copy.",
    cause,
  });
}
