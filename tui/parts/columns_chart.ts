/**
 * A chart of columns drawn in characters.
 *
 * @module
 */

const eighths = " ▁▂▃▄▅▆▇█";

/** The lines of the chart, the top one first; the newest values where not all have room. */
export function columnsChart(
  values: readonly number[],
  { width, height }: { readonly width: number; readonly height: number },
): readonly string[] {
  const shown = values.slice(-Math.max(1, width));
  const largest = Math.max(1, ...shown);
  const levels = shown.map((value) => Math.max(1, Math.round(value / largest * height * 8)));
  return Array.from({ length: height }, (_, line) => {
    const below = (height - 1 - line) * 8;
    return levels.map((level) => eighths[Math.min(8, Math.max(0, level - below))] ?? " ").join("");
  });
}
