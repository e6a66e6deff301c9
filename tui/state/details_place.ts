/**
 * Where the details of a backup find room.
 *
 * @module
 */

import type { Size } from "./state.ts";

/** Beside the list, below it, or on a page of their own. */
export function detailsPlace({ columns, rows }: Size): "beside" | "below" | "none" {
  if (columns >= 110) return "beside";
  return rows >= 22 ? "below" : "none";
}
