/**
 * Lengths of time as people write them: `90s`, `26h`, `1h30m`, `7d`.
 *
 * @module
 */

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * Milliseconds of a duration such as `2s`, `26h`, `1h30m` or `7d` (units `ms s m h d w`;
 * a day is 24 hours), or `undefined` where the text is none.
 *
 * @example
 * ```ts
 * import { parseDuration } from "@holdfast/holdfast";
 *
 * console.log(parseDuration("1h30m")); // 5400000
 * ```
 */
export function parseDuration(text: string): number | undefined {
  const compact = text.trim();
  if (!/^(?:\d{1,9}(?:\.\d{1,3})?(?:ms|[smhdw])\s*)+$/.test(compact)) return undefined;
  let total = 0;
  for (const [, amount, unit] of compact.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/g)) {
    total += Number(amount) * (unitMs[unit ?? ""] ?? NaN);
  }
  return Number.isSafeInteger(Math.round(total)) ? Math.round(total) : undefined;
}
