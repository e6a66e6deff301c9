/**
 * Sizes in bytes as people write and read them.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";

const letters = ["", "K", "M", "G", "T", "P"];
const names = ["B", "kB", "MB", "GB", "TB", "PB"];

/**
 * Bytes from text; `undefined` where the text is no size. `MB` and `M` are a million
 * bytes, `MiB` is 1,048,576 (IEC 80000-13); a bare number is bytes; capitals do not matter.
 */
export function readByteSize(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([kmgtp]?)(i?)(b?)\s*$/i.exec(text);
  if (match === null) return undefined;
  const [, amount = "", letter = "", binary = ""] = match;
  if (letter === "" && binary !== "") return undefined;
  const power = letters.indexOf(letter.toUpperCase());
  const bytes = Math.round(Number(amount) * (binary === "" ? 1000 : 1024) ** power);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/**
 * Bytes from text, as {@linkcode readByteSize} reads it.
 *
 * @throws HoldfastError `USAGE` where the text is no size.
 *
 * @example
 * ```ts
 * import { parseByteSize } from "@holdfast/holdfast";
 *
 * parseByteSize("500MB"); // 500_000_000
 * parseByteSize("1.5 GiB"); // 1_610_612_736
 * ```
 */
export function parseByteSize(text: string): number {
  const bytes = readByteSize(text);
  if (bytes !== undefined) return bytes;
  throw new HoldfastError("USAGE", `Cannot read the size ${JSON.stringify(text)}`, {
    hint: 'Write it like "500MB", "1.5 GiB" or "1048576" (bytes).',
  });
}

/** Bytes in words, with decimal units: `512 B`, `9.2 MB`, `140 MB`. */
export function formatByteSize(bytes: number): string {
  let value = Math.abs(bytes);
  let power = 0;
  while (Number(digits(value, power)) >= 1000 && power < names.length - 1) {
    value /= 1000;
    power++;
  }
  return `${bytes < 0 ? "−" : ""}${digits(value, power)} ${names[power]}`;
}

function digits(value: number, power: number): string {
  return value.toFixed(power === 0 || value >= 99.95 ? 0 : 1);
}
