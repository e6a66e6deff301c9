/**
 * The record of one copy as it lies on the target.
 *
 * @module
 */

import { type Body, bytesBody } from "../extend/body.ts";
import { TargetError } from "../extend/target_error.ts";
import type { TargetObject } from "../extend/target.ts";
import { type CopyRecord, parseCopyRecord, recordKey } from "./copy_record.ts";
import type { TargetWork } from "./target_work.ts";

/** No record is larger: what is, is none. */
const MAX_RECORD_BYTES = 4 * 1024 * 1024;

/** The record of an artifact; `undefined` where there is none. Throws `TargetError`. */
export async function readCopyRecord(
  artifactKey: string,
  { target, signal }: TargetWork,
): Promise<CopyRecord | undefined> {
  const key = recordKey(artifactKey);
  let stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  try {
    stream = await target.get(key, { signal });
  } catch (error) {
    if (error instanceof TargetError && error.kind === "not_found") return undefined;
    throw error;
  }
  const text = new TextDecoder();
  let [read, size] = ["", 0];
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > MAX_RECORD_BYTES) {
      throw new TargetError("corrupt", `Cannot read the record "${key}": it is too large`);
    }
    read += text.decode(chunk, { stream: true });
  }
  return parseCopyRecord(read, key);
}

/** The bytes of a record. */
export function recordBody(record: CopyRecord): Body {
  return bytesBody(new TextEncoder().encode(`${JSON.stringify(record, undefined, 2)}\n`));
}

/** Whether an object is the artifact that a record tells of, as far as the place knows. */
export function isArtifact(object: TargetObject | undefined, { artifact }: CopyRecord): boolean {
  return object !== undefined && object.size === artifact.size &&
    (object.sha256 === undefined || object.sha256 === artifact.sha256);
}
