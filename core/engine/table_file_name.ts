/**
 * File names for tables, whatever the tables are called.
 *
 * @module
 */

/** Names that Windows keeps for devices. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** Longest name without its ending, in letters that take one byte each. */
const MOST = 120;

/**
 * A name that every file system takes, another one for each table: other letters than
 * `A-Z a-z 0-9 _ - .` and a space are written as `%` and their UTF-8 bytes in hex.
 */
export function tableFileName(table: string, taken: Set<string>): string {
  const plain = [...table].map((letter) => /[\w. -]/.test(letter) ? letter : percent(letter));
  const safe = plain.join("").slice(0, MOST).replace(/^[. ]|[. ]$/g, percent);
  const base = safe === "" || reserved.test(safe) ? `%${safe}` : safe;
  let name = base;
  for (let next = 2; taken.has(name.toLowerCase()); next++) name = `${base}_${next}`;
  taken.add(name.toLowerCase());
  return name;
}

function percent(letter: string): string {
  const bytes = new TextEncoder().encode(letter);
  return [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}
