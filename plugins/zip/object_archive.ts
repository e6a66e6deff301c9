/**
 * One object of a target in an archive of its own.
 *
 * @module
 */

import { type Body, TargetError } from "../../core/extend/mod.ts";
import { damaged } from "./archive_error.ts";
import { clashingName, metadataEntry, nameProblem } from "./archive_name.ts";
import { openInspected } from "./inspect_archive.ts";
import { openArchive, type ReadArchiveOptions } from "./open_archive.ts";
import { packArchive, type PackArchiveOptions } from "./pack_archive.ts";
import { readEntry } from "./read_entry.ts";

/** The archive of an object: the object under the last part of its key, and its facts. */
export function objectArchive(
  key: string,
  body: Body,
  options: PackArchiveOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const last = key.slice(key.lastIndexOf("/") + 1);
  const name = nameProblem(last) === undefined &&
      clashingName([last, metadataEntry]) === undefined
    ? last
    : "object";
  return packArchive([{ name, body }], { object: key }, options);
}

/** The plain size of the object in an archive; `undefined` where the archive is damaged. */
export async function objectSize(
  file: Body,
  options: ReadArchiveOptions,
): Promise<number | undefined> {
  try {
    const { files } = await openArchive(file, options);
    return files.length === 1 ? files[0]?.uncompressedSize : undefined;
  } catch (error) {
    if (error instanceof TargetError && error.kind !== "denied") return undefined;
    throw error;
  }
}

/**
 * The bytes of the object from `offset` on. Opening throws `corrupt` or `denied`; the
 * stream fails with `corrupt` at its end where the whole is not what was packed.
 */
export async function objectStream(
  file: Body,
  offset: number,
  options: ReadArchiveOptions,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const { files, facts } = await openInspected(file, options);
  const [entry] = files;
  if (entry === undefined || files.length > 1) throw damaged("it holds not one object");
  const pipe = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const out = pipe.writable.getWriter();
  let skip = offset;
  const onChunk = async (chunk: Uint8Array<ArrayBuffer>): Promise<void> => {
    const rest = chunk.subarray(Math.min(skip, chunk.length));
    skip -= chunk.length - rest.length;
    if (rest.length > 0) await out.write(rest);
  };
  readEntry(entry, { ...options, seal: facts?.entries[entry.filename], onChunk }).then(
    () => out.close(),
    (cause) => out.abort(cause),
    // Whoever reads the stream has got the error; who left it wants none.
  ).catch(() => undefined);
  return pipe.readable;
}
