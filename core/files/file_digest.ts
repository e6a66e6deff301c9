/**
 * The SHA-256 of a file.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { abortableStream } from "../extend/abortable_stream.ts";
import { fileBody } from "./file_body.ts";

/** The SHA-256 of the bytes of a file, lower-case hex. Needs `--allow-read`. */
export async function fileDigest(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  const body = await fileBody(path);
  for await (const chunk of abortableStream(body.stream(), signal)) hash.update(chunk);
  return hash.digest("hex");
}
