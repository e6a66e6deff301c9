/**
 * The contract of a reversible step on the way to a target.
 *
 * @module
 */

/** A stream step over bytes. */
export type ByteTransform = ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>;

/**
 * A reversible step: compression or encryption. Memory stays flat whatever the
 * size. `decode` fails on a truncated, altered or foreign input, never later than
 * its last byte, so its output is trusted only after it ended. It fails with a
 * `TargetError`: `denied` where the key is not the right one, else `corrupt`.
 */
export interface Codec {
  /** What it adds to a file name, with its dot: `.zst`. */
  readonly suffix: string;
  /** It encrypts: its output is checked to start with `magic` before it leaves. */
  readonly encrypts?: boolean | undefined;
  /** The bytes that every output starts with. */
  readonly magic?: Uint8Array | undefined;
  /** From plain to encoded. */
  encode(signal: AbortSignal): Promise<ByteTransform>;
  /** From encoded to plain. */
  decode(signal: AbortSignal): Promise<ByteTransform>;
}
