/**
 * A stream that is as long as its body says.
 *
 * @module
 */

import type { Body } from "./body.ts";
import { TargetError } from "./target_error.ts";

/**
 * The bytes of a body; fails with `invalid` where they are fewer, or more, than
 * its size, so that no target stores a part for the whole.
 *
 * @example
 * ```ts
 * import { bytesBody, exactStream } from "@holdfast/holdfast/plugin";
 *
 * const body = { ...bytesBody(new Uint8Array(2)), size: 3 };
 * await new Response(exactStream(body)).bytes().catch((error) => console.log(error.kind)); // invalid
 * ```
 */
export function exactStream(body: Body): ReadableStream<Uint8Array<ArrayBuffer>> {
  let count = 0;
  return body.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller): void {
        count += chunk.length;
        if (count > body.size) throw wrongSize(body.size, `more than ${body.size}`);
        controller.enqueue(chunk);
      },
      flush(): void {
        if (count < body.size) throw wrongSize(body.size, `only ${count}`);
      },
    }),
  );
}

/** The error for a body that is not as long as it says. */
function wrongSize(size: number, found: string): TargetError {
  return new TargetError("invalid", `Cannot read the body of ${size} bytes: it gave ${found}`, {
    hint: "Something changed the file meanwhile: run it again.",
  });
}
