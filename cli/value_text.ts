/**
 * A value of a row as a cell of a table.
 *
 * @module
 */

import { formatByteSize } from "../core/words/byte_size.ts";
import type { ShownValue } from "../core/engine/shown_value.ts";
import { escapeText } from "./escape.ts";

const MOST = 40;

/** The value, cut; text that could be taken for something else is not marked. */
export function valueText(value: ShownValue | undefined): string {
  if (value === undefined) return "";
  if (value === null) return "NULL";
  if (typeof value === "string") return cut(value);
  if (typeof value === "number") return String(value);
  if ("integer" in value) return value.integer;
  if ("real" in value) return value.real;
  if ("text" in value) return cut(value.text);
  return value.bytes <= 8 ? `x'${value.blob}'` : `blob, ${formatByteSize(value.bytes)}`;
}

function cut(text: string): string {
  const letters = [...text.slice(0, 2 * MOST + 2)];
  return escapeText(letters.length <= MOST ? text : `${letters.slice(0, MOST - 1).join("")}…`);
}
