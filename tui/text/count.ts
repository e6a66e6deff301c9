/**
 * Numbers as the screens show them.
 *
 * @module
 */

/** `3,210`. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 backup`, `3,210 records`: the number and its word. */
export function counted(value: number, word: string): string {
  return `${count(value)} ${word}${value === 1 ? "" : "s"}`;
}

/** `+12`, `−3`, `same`: what changes. */
export function change(difference: number): string {
  if (difference === 0) return "same";
  return difference > 0 ? `+${count(difference)}` : `−${count(-difference)}`;
}
