/**
 * zstd in blocks: one frame with a checksum for each MiB, so that memory is flat
 * and no defect of a stream decoder can bite. `zstd -d` reads the result.
 *
 * Measured in Deno 2.9.6: its zstd streams take truncated input for whole, throw
 * where nobody can catch it, and fail on their own output. So: only the
 * synchronous calls, on whole frames whose ends are found by ourselves.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { Buffer } from "node:buffer";
import { type ByteSource, byteTransform, type Codec, TargetError } from "../../core/extend/mod.ts";
import { firstFrameSize, FrameFault, frameMagic, readFrame } from "./frame.ts";
import {
  beginsDigest,
  digestFrame,
  digestFrameSize,
  type FrameEntry,
  seekTable,
} from "./seek_table.ts";

/** Plain bytes of a frame. */
const blockSize = 1024 * 1024;

/** Plain bytes of a frame that is read at most; later versions may write larger ones. */
const mostPlain = 4 * blockSize;

/** Bytes of a frame that is read at most: a block that does not compress, and its frame. */
const mostPacked = mostPlain + 64 * 1024;

/** What {@linkcode zstdCodec} is given. */
export interface ZstdOptions {
  /**
   * From 1, fast, to 19, small; 3 by default. One MiB is done at a time and holds the
   * event loop: 12 ms at 3, 50 ms at 9, half a second at 19.
   */
  readonly level?: number | undefined;
}

/**
 * Compression by zstd. Decoding throws `corrupt`; it reads what it wrote, not any
 * zstd file.
 *
 * @example
 * ```ts
 * import { bytesBody } from "@holdfast/holdfast/plugin";
 * import { zstdCodec } from "@holdfast/holdfast/plugins/zstd";
 *
 * const { signal } = new AbortController();
 * const rows = bytesBody(new Uint8Array(100_000));
 * const encoded = rows.stream().pipeThrough(await zstdCodec().encode(signal));
 * console.log((await new Response(encoded).bytes()).length < 1_000); // true
 * ```
 */
export function zstdCodec({ level = 3 }: ZstdOptions = {}): Codec {
  return {
    suffix: ".zst",
    magic: frameMagic,
    encode: (signal) => Promise.resolve(byteTransform(signal, (source) => encoded(source, level))),
    decode: (signal) => Promise.resolve(byteTransform(signal, decoded)),
  };
}

/** A frame for each block, their digest, and the table of them. */
async function* encoded(
  source: ByteSource,
  level: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const params = {
    [constants.ZSTD_c_checksumFlag]: 1,
    [constants.ZSTD_c_compressionLevel]: level,
    [constants.ZSTD_c_windowLog]: 20,
  };
  const hash = createHash("sha256");
  const frames: FrameEntry[] = [];
  for (let more = true; more;) {
    const block = await source.read(blockSize);
    more = block.length === blockSize;
    if (block.length === 0 && frames.length > 0) break;
    const packed = zstdCompressSync(block, { params });
    const frame = new Uint8Array(packed.subarray(0, firstFrameSize(packed)));
    hash.update(frame);
    frames.push({ packed: frame.length, plain: block.length });
    yield frame;
  }
  yield digestFrame(hash.digest());
  yield seekTable(frames);
}

/** The content of each frame; fails where anything is not as it was written. */
async function* decoded(source: ByteSource): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const hash = createHash("sha256");
  const frames: FrameEntry[] = [];
  for (;;) {
    const magic = await source.read(4);
    if (frames.length > 0 && beginsDigest(magic)) {
      const found = [magic, await source.read(digestFrameSize - 4)];
      if (!same(found, digestFrame(hash.digest()))) throw damaged("its digest is another");
      break;
    }
    if (!same([magic], frameMagic)) {
      throw damaged(frames.length === 0 ? "it is not ours" : "it is cut off, or altered");
    }
    const frame = await wholeFrame(source, magic);
    hash.update(frame);
    const block = content(frame);
    frames.push({ packed: frame.length, plain: block.length });
    if (block.length > 0) yield block;
  }
  const table = seekTable(frames);
  if (!same([await source.read(table.length)], table)) throw damaged("its table is another");
  if ((await source.read(1)).length > 0) throw damaged("something follows its end");
}

/** The whole frame. */
async function wholeFrame(
  source: ByteSource,
  magic: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readFrame(source, magic, mostPacked);
  } catch (cause) {
    if (cause instanceof FrameFault) throw damaged(cause.message, cause);
    throw cause;
  }
}

/** What a frame holds, its checksum compared. */
function content(frame: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  try {
    const params = { [constants.ZSTD_d_windowLogMax]: 23 };
    return new Uint8Array(zstdDecompressSync(frame, { maxOutputLength: mostPlain, params }));
  } catch (cause) {
    throw damaged(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** Whether the parts are these bytes. */
function same(parts: readonly Uint8Array[], wanted: Uint8Array): boolean {
  return Buffer.concat(parts).equals(wanted);
}

/** The error for an input that is not what was encoded. */
function damaged(why: string, cause?: unknown): TargetError {
  return new TargetError("corrupt", `Cannot decompress the zstd data: ${why}`, {
    hint: "Take another copy.",
    cause,
  });
}
