/**
 * Numbers as a line of blocks.
 *
 * @module
 */

const blocks = [..."▁▂▃▄▅▆▇█"];

/** The numbers in their order, at most `width` blocks; the lowest number is the lowest block. */
export function sparkline(values: readonly number[], width: number): string {
  const columns = Math.max(1, Math.min(width, values.length));
  const shown = Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * values.length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * values.length) / columns));
    return Math.max(...values.slice(from, to));
  });
  if (values.length === 0) return "";
  const low = Math.min(...shown);
  const span = Math.max(...shown) - low;
  return shown.map((value) => {
    const level = span === 0 ? 3 : Math.round(((value - low) / span) * (blocks.length - 1));
    return blocks[level];
  }).join("");
}
