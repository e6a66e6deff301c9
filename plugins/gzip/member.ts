/**
 * The members of our gzip files (RFC 1952): each tells its own length and place in
 * an extra field, and the last one, empty, the SHA-256 of all before it. `gunzip`
 * reads them one after the other and skips the extra fields.
 *
 * @module
 */

import { gzipSync } from "node:zlib";

/** Bytes of the plainest header, as `gzipSync` writes it. */
const plainHeaderSize = 10;

/** Bytes of the header of a member with a block: the plain one, the field's length, id, length, two numbers. */
export const blockHeaderSize: number = plainHeaderSize + 2 + 4 + 8;

/** The header of a member with an extra field of ours. */
function header(id: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(plainHeaderSize + 2 + 4 + data.length);
  // Magic, deflate, an extra field, no time, no hint, no system.
  bytes.set([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255]);
  const view = new DataView(bytes.buffer);
  view.setUint16(plainHeaderSize, 4 + data.length, true);
  bytes.set(new TextEncoder().encode(id), plainHeaderSize + 2);
  view.setUint16(plainHeaderSize + 4, data.length, true);
  bytes.set(data, plainHeaderSize + 6);
  return bytes;
}

/** The four bytes that every file of ours begins with: gzip, deflate, an extra field. */
export const memberMagic: Uint8Array<ArrayBuffer> = new Uint8Array([0x1f, 0x8b, 8, 4]);

/** The header of the member with a block. */
export function blockHeader(place: number, size: number): Uint8Array<ArrayBuffer> {
  const data = new DataView(new ArrayBuffer(8));
  data.setUint32(0, size, true);
  data.setUint32(4, place, true);
  return header("HF", new Uint8Array(data.buffer));
}

/** Bytes of the member, the header with them, that a header tells. */
export function memberSize(header: Uint8Array<ArrayBuffer>): number {
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  return view.getUint32(blockHeaderSize - 8, true);
}

/** The member with a block. */
export function blockMember(
  place: number,
  block: Uint8Array<ArrayBuffer>,
  level: number,
): Uint8Array<ArrayBuffer> {
  const packed = gzipSync(block, { level }).subarray(plainHeaderSize);
  const member = new Uint8Array(blockHeaderSize + packed.length);
  member.set(blockHeader(place, member.length));
  member.set(packed, blockHeaderSize);
  return member;
}

/** The same member with the plainest header, for `gunzipSync`. */
export function plainMember(member: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const plain = member.slice(blockHeaderSize - plainHeaderSize);
  plain.set([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  return plain;
}

/** The last member: empty, with the SHA-256 of all before it. */
export function endMember(sha256: Uint8Array): Uint8Array<ArrayBuffer> {
  const start = header("HE", sha256);
  // An empty deflate block, and CRC and length of nothing.
  const nothing = new Uint8Array([3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const member = new Uint8Array(start.length + nothing.length);
  member.set(start);
  member.set(nothing, start.length);
  return member;
}

/** Bytes of the last member. */
export const endMemberSize: number = endMember(new Uint8Array(32)).length;
