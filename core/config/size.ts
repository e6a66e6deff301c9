/**
 * Amounts of bytes as people write them: `500MB`, `20GB`, `1.5 GiB`.
 *
 * @module
 */

const units: Readonly<Record<string, number>> = {
  "": 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
};

/**
 * Bytes of a size such as `500MB` (a million each) or `20GiB` (2³⁰ each), or
 * `undefined` where the text is none.
 *
 * @example
 * ```ts
 * import { parseSize } from "@holdfast/holdfast";
 *
 * console.log(parseSize("1.5 KB")); // 1500
 * ```
 */
export function parseSize(text: string): number | undefined {
  const parts = text.trim().match(/^(\d{1,15}(?:\.\d{1,3})?)\s*([KMGT]?I?B)?$/i);
  if (parts === null) return undefined;
  const bytes = Math.round(Number(parts[1]) * (units[(parts[2] ?? "").toUpperCase()] ?? NaN));
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
