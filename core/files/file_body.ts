/**
 * A file as a body. (`openAsBlob` of node:fs held twice the file in memory.)
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";
import type { Body } from "../extend/body.ts";

/** Bytes of one read: SHA-256 and copies run at full speed from here on. */
const readSize = 1024 * 1024;

/**
 * The bytes of a file as they are now, read in pieces of 1 MiB each time a
 * stream of it is read. Needs `--allow-read`.
 *
 * A stream that finds the file shorter than it was fails with
 * `BACKUP_INVALID`: the file changed meanwhile.
 *
 * @example
 * ```ts
 * import { fileBody } from "@holdfast/holdfast/plugin";
 *
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "hello");
 * const body = await fileBody(path);
 * console.log(body.size, await new Response(body.slice(1, 3).stream()).text()); // 5 el
 * await Deno.remove(path);
 * ```
 */
export async function fileBody(path: string): Promise<Body> {
  const { size } = await Deno.stat(path);
  return range(path, 0, size);
}

/** The bytes of the file from `start` up to, not including, `end`. */
function range(path: string, start: number, end: number): Body {
  const size = end - start;
  const within = (at: number): number => start + Math.min(Math.max(0, at), size);
  return {
    size,
    stream: () => rangeStream(path, start, end),
    slice: (from, to) => range(path, within(from), Math.max(within(from), within(to))),
  };
}

/** Opens the file at the first read and closes it at the end, on failure and on cancel. */
function rangeStream(
  path: string,
  start: number,
  end: number,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = start;
  let file: Deno.FsFile | undefined;
  const close = (): void => {
    file?.close();
    file = undefined;
  };
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller): Promise<void> {
      try {
        if (at < end) {
          if (file === undefined) {
            file = await Deno.open(path);
            await file.seek(start, Deno.SeekMode.Start);
          }
          const chunk = new Uint8Array(Math.min(readSize, end - at));
          const count = await file.read(chunk);
          if (count === null) throw shorter(path, end, at);
          at += count;
          controller.enqueue(chunk.subarray(0, count));
        }
        if (at >= end) {
          close();
          controller.close();
        }
      } catch (cause) {
        close();
        throw cause;
      }
    },
    cancel: close,
  }, { highWaterMark: 0 });
}

/** The error for a file that lost bytes while it was read. */
function shorter(path: string, wanted: number, found: number): HoldfastError {
  return new HoldfastError(
    "BACKUP_INVALID",
    `Cannot read "${path}": it has ${found} bytes now instead of ${wanted}`,
    { hint: "Something else changed the file meanwhile: run it again." },
  );
}
