/**
 * A value of a row as plain JSON, short enough to be shown.
 *
 * @module
 */

import type { Cell, Row } from "./row_reader.ts";

/**
 * A value of a row: `null`, text, or a number that JavaScript holds exactly; else an
 * object that says what it is. Long text and blobs are cut; `bytes` is the whole size.
 */
export type ShownValue =
  | null
  | string
  | number
  | { readonly integer: string }
  | { readonly real: string }
  /** Lower-case hex of the beginning. */
  | { readonly blob: string; readonly bytes: number }
  /** The beginning; what is no valid text stands as U+FFFD. */
  | { readonly text: string; readonly bytes: number };

/** Values by column. */
export type ShownRow = Readonly<Record<string, ShownValue>>;

const MOST_TEXT = 2_000;
const MOST_BLOB = 32;

/** Makes rows of one database showable. */
export class Shower {
  readonly #exact: TextDecoder;
  readonly #lenient: TextDecoder;

  /** For a database with this encoding (`PRAGMA encoding`). */
  constructor(encoding: string) {
    const label = encoding.toLowerCase();
    this.#exact = new TextDecoder(label, { fatal: true, ignoreBOM: true });
    this.#lenient = new TextDecoder(label, { ignoreBOM: true });
  }

  /** The values from `first` on under their names. */
  row({ types, cells }: Row, names: readonly string[], first = 0): ShownRow {
    const entries = names.map((name, at) =>
      [name, this.value(types[first + at] ?? "n", cells[first + at] ?? null)] as const
    );
    return Object.fromEntries(entries);
  }

  /** One value. */
  value(type: string, cell: Cell): ShownValue {
    if (cell === null) return null;
    if (cell instanceof Uint8Array) return type === "t" ? this.#text(cell) : blob(cell);
    if (typeof cell === "bigint") {
      const number = Number(cell);
      return Number.isSafeInteger(number) ? number : { integer: String(cell) };
    }
    return Number.isFinite(cell) ? cell : { real: String(cell) };
  }

  #text(bytes: Uint8Array): ShownValue {
    const whole = bytes.length <= MOST_TEXT;
    try {
      if (whole) return this.#exact.decode(bytes);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    return { text: this.#lenient.decode(bytes.subarray(0, MOST_TEXT)), bytes: bytes.length };
  }
}

function blob(bytes: Uint8Array): ShownValue {
  return { blob: bytes.subarray(0, MOST_BLOB).toHex(), bytes: bytes.length };
}
