/**
 * Values of rows as CSV and JSON, so that nothing is lost (docs/export.md).
 *
 * @module
 */

import type { Cell } from "./row_reader.ts";

/** Text of a database with some encoding; `undefined` where the bytes are no valid text. */
export type Decode = (bytes: Uint8Array) => string | undefined;

/** The decoder for an encoding of SQLite. */
export function decoderFor(encoding: string): Decode {
  const decoder = new TextDecoder(encoding.toLowerCase(), { fatal: true, ignoreBOM: true });
  return (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch (error) {
      if (error instanceof TypeError) return undefined;
      throw error;
    }
  };
}

/**
 * A field of a CSV record (RFC 4180). Text is always quoted and nothing else is: NULL is
 * empty, numbers are bare, blobs `X'…'`; text that no reader would take, `T'…'`, in hex.
 */
export function csvField(type: string, cell: Cell, decode: Decode): string {
  if (cell === null) return "";
  if (!(cell instanceof Uint8Array)) return numberText(cell);
  if (type !== "t") return `X'${cell.toHex()}'`;
  const text = decode(cell);
  if (text === undefined || text.includes("\0")) return `T'${cell.toHex()}'`;
  return `"${text.replaceAll('"', '""')}"`;
}

/**
 * A JSON value (RFC 8259). Numbers are written whole, reals with a point or an exponent;
 * blobs are `{"$blob": base64}`, text that is none `{"$text": base64}`.
 */
export function jsonText(type: string, cell: Cell, decode: Decode): string {
  if (cell === null) return "null";
  if (!(cell instanceof Uint8Array)) return numberText(cell);
  const text = type === "t" ? decode(cell) : undefined;
  if (text !== undefined) return JSON.stringify(text);
  return `{"${type === "t" ? "$text" : "$blob"}":"${cell.toBase64()}"}`;
}

/** An integer whole; a real as the shortest text that gives it back, infinity as SQLite has it. */
function numberText(cell: bigint | number): string {
  if (typeof cell === "bigint") return String(cell);
  if (cell === Infinity) return "9e999";
  if (cell === -Infinity) return "-9e999";
  const text = Object.is(cell, -0) ? "-0" : String(cell);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
