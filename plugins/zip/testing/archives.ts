/**
 * Archives for the tests: sound ones by our packer, hostile ones by hand.
 *
 * @module
 */

import { bytesBody, type PackedFile } from "../../../core/extend/mod.ts";
import { packArchive, type PackArchiveOptions } from "../pack_archive.ts";
import { ZipWriter } from "../zip_library.ts";

/** A signal that is never aborted. */
export const { signal } = new AbortController();

/** A file with this text. */
export function textFile(name: string, text: string): PackedFile {
  return { name, body: bytesBody(new TextEncoder().encode(text)) };
}

/** Packs, and gives the archive's bytes. */
export function packed(
  files: readonly PackedFile[],
  options: Partial<PackArchiveOptions> = {},
): Promise<Uint8Array<ArrayBuffer>> {
  return new Response(packArchive(files, {}, { signal, ...options })).bytes();
}

/** An entry for {@linkcode rawArchive}; zip.js writes any name. */
export interface RawEntry {
  readonly name: string;
  readonly text: string;
  readonly unixMode?: number;
  readonly zipCrypto?: boolean;
  readonly password?: string;
  readonly directory?: boolean;
  readonly zip64?: boolean;
}

/** An archive as anyone could have made it, without our facts. */
export async function rawArchive(
  entries: readonly RawEntry[],
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const bytes = new Response(stream.readable).bytes();
  const zip = new ZipWriter(stream.writable);
  for (const { name, text, directory, ...options } of entries) {
    const body = directory === true ? undefined : new Blob([text]).stream();
    await zip.add(name, body, { uncompressedSize: text.length, ...options, directory: !body });
  }
  await zip.close();
  return bytes;
}

/** The bytes with every occurrence of one text replaced by another as long. */
export function replaced(
  bytes: Uint8Array<ArrayBuffer>,
  from: string,
  to: string,
): Uint8Array<ArrayBuffer> {
  const text = bytes.toHex();
  const hex = (part: string): string => new TextEncoder().encode(part).toHex();
  return Uint8Array.fromHex(text.replaceAll(hex(from), hex(to)));
}

/** Where a record with this signature begins, the `nth` from 0. */
export function recordAt(bytes: Uint8Array<ArrayBuffer>, signature: number, nth = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let seen = 0;
  for (let at = 0; at + 4 <= bytes.length; at++) {
    if (view.getUint32(at, true) === signature && seen++ === nth) return at;
  }
  throw new Error(`there is no record ${nth} of that kind`);
}

/** Signatures of PKWARE APPNOTE 4.3: local header, data descriptor, central header, end. */
export const signatures = {
  local: 0x04034b50,
  descriptor: 0x08074b50,
  central: 0x02014b50,
  end: 0x06054b50,
} as const;
