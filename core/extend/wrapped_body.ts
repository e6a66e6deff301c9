/**
 * A body whose streams pass through a step, its parts too.
 *
 * @module
 */

import type { Body } from "./body.ts";

/** A body of the same size whose streams, and those of its slices, pass through `step`. */
export function wrappedBody(
  body: Body,
  step: (
    stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  ) => ReadableStream<Uint8Array<ArrayBuffer>>,
): Body {
  return {
    size: body.size,
    stream: () => step(body.stream()),
    slice: (start, end) => wrappedBody(body.slice(start, end), step),
  };
}
