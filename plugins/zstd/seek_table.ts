/**
 * What stands behind the frames: a digest of them, and the table of the zstd
 * seekable format, so that other tools can jump. Both are skippable frames (RFC
 * 8878 §3.1.2): `zstd -d` passes over them.
 *
 * @module
 */

/** The magic number of the skippable frame with the digest. */
const digestMagic = 0x184d2a50;

/**
 * The magic numbers of a seek table, in front and at the end, by
 * https://github.com/facebook/zstd/blob/dev/contrib/seekable_format/zstd_seekable_compression_format.md
 */
const tableMagic = 0x184d2a5e;
const footerMagic = 0x8f92eab1;

/** Marks the digest as ours. */
const label = new TextEncoder().encode("holdfast");

/** Bytes of the frame with the digest. */
export const digestFrameSize: number = 8 + label.length + 32;

/** What is known of one frame. */
export interface FrameEntry {
  /** Bytes of the frame. */
  readonly packed: number;
  /** Bytes of its content. */
  readonly plain: number;
}

/** Whether these bytes begin the frame with the digest. */
export function beginsDigest(bytes: Uint8Array<ArrayBuffer>): boolean {
  return bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) ===
      digestMagic;
}

/** The frame with the SHA-256 of all frames before it. */
export function digestFrame(sha256: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(digestFrameSize);
  const view = new DataView(frame.buffer);
  view.setUint32(0, digestMagic, true);
  view.setUint32(4, label.length + 32, true);
  frame.set(label, 8);
  frame.set(sha256, 8 + label.length);
  return frame;
}

/** The seek table of the frames: those with content, then the one with the digest. */
export function seekTable(frames: readonly FrameEntry[]): Uint8Array<ArrayBuffer> {
  const entries = [...frames, { packed: digestFrameSize, plain: 0 }];
  const size = entries.length * 8 + 9;
  const table = new Uint8Array(8 + size);
  const view = new DataView(table.buffer);
  view.setUint32(0, tableMagic, true);
  view.setUint32(4, size, true);
  for (const [at, { packed, plain }] of entries.entries()) {
    view.setUint32(8 + at * 8, packed, true);
    view.setUint32(12 + at * 8, plain, true);
  }
  view.setUint32(8 + size - 9, entries.length, true);
  view.setUint32(8 + size - 4, footerMagic, true);
  return table;
}
