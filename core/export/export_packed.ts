/**
 * Exports a database or a backup as one packed file, such as a ZIP archive.
 *
 * @module
 */

import { extname } from "node:path";
import { iso } from "../artifact/new_record.ts";
import type { Format } from "../extend/format.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { fileBody } from "../files/file_body.ts";
import { fileDigest } from "../files/file_digest.ts";
import { isDirectory } from "../files/is_file.ts";
import { signalOf } from "../targets/target_work.ts";
import {
  type ExportedPlace,
  exportJob,
  type ExportPlaceOptions,
  type ExportWork,
  type Written,
} from "./export_job.ts";
import { writeDatabase } from "./write_database.ts";

/** What {@linkcode exportPacked} is given. */
export interface ExportPackedOptions extends ExportPlaceOptions {
  /** How it is packed; its suffix is added to a name that has another. */
  readonly format: Format;
}

/** What was exported. */
export type ExportPackedResult = ExportedPlace;

/**
 * Exports a checked plain database, packed. The output appears whole or not at all. Needs
 * `--allow-read`, `--allow-write` and `--allow-run`.
 *
 * @throws {HoldfastError} as `exportDatabase`.
 */
export async function exportPacked(options: ExportPackedOptions): Promise<ExportPackedResult> {
  const { suffix } = options.format;
  const output = await withSuffix(options.output, suffix);
  const { finished: _, ...result } = await exportJob({ ...options, output }, {
    format: suffix.slice(1),
    suffix,
    room: 2,
    write: pack,
  });
  return result;
}

async function withSuffix(output: string | undefined, suffix: string): Promise<string | undefined> {
  if (output === undefined || /[/\\]$/.test(output) || await isDirectory(output)) return output;
  return extname(output).toLowerCase() === suffix ? output : output + suffix;
}

async function pack(source: ExportWork<ExportPackedOptions>): Promise<Written> {
  const { options: { format }, work, at, report } = source;
  const signal = signalOf(source.options.signal);
  const { finished: plain } = await writeDatabase(source);
  const facts = { createdAt: iso(at), checksum: await fileDigest(plain, signal) };
  const body = await fileBody(plain);
  const stream = await format.pack([{ name: "database.sqlite", body }], facts, {
    signal,
    onProgress: (done) =>
      report.progress({ phase: "write", done, total: body.size, unit: "bytes" }),
  });
  const finished = work.file(`export${format.suffix}`);
  return { finished, bytes: await writeFileAtomic(finished, stream, { signal }) };
}
