/**
 * Paths as a person knows them.
 *
 * @module
 */

import { cutMiddle } from "../text/fit.ts";
import { safeText } from "../text/safe_text.ts";

/** The path with the home folder as `~`, its middle cut where it is too long. */
export function pathWords(
  path: string,
  { home, width }: { readonly home: string | undefined; readonly width: number },
): string {
  const short = home !== undefined && path.startsWith(`${home}/`)
    ? `~${path.slice(home.length)}`
    : path;
  return cutMiddle(safeText(short), width);
}
