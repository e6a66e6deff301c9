/**
 * Exports a database or a backup as one packed file, such as a ZIP archive.
 *
 * @module
 */

import { dirname, extname, join } from "node:path";
import { systemClock } from "../clock.ts";
import { HoldfastError } from "../errors.ts";
import { exportDatabase, type ExportOptions } from "../export.ts";
import type { Format } from "../extend/format.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { fileBody } from "../files/file_body.ts";
import { fileDigest } from "../files/file_digest.ts";
import { isDirectory, isFile } from "../files/is_file.ts";
import { iso } from "../artifact/new_record.ts";
import { signalOf } from "../targets/target_work.ts";
import type { Warning } from "../report.ts";

/** What {@linkcode exportPacked} is given. */
export interface ExportPackedOptions extends Omit<ExportOptions, "format" | "tables"> {
  readonly format: Format;
  /** The file. */
  readonly output: string;
}

/** What was exported. */
export interface ExportPackedResult {
  /** The database, or the backup by name or path. */
  readonly source: string;
  /** Absolute path of the file. */
  readonly output: string;
  readonly bytes: number;
  readonly warnings: readonly Warning[];
}

/**
 * Exports a plain database into a private folder beside the output, and packs that. The
 * output appears whole or not at all.
 *
 * @throws {HoldfastError} as `exportDatabase`; `DESTINATION_EXISTS`.
 */
export async function exportPacked(options: ExportPackedOptions): Promise<ExportPackedResult> {
  const { format, output, force, clock = systemClock } = options;
  const suffixed = extname(output).toLowerCase() === format.suffix
    ? output
    : output + format.suffix;
  if (await isDirectory(suffixed) || (force !== true && await isFile(suffixed))) {
    throw new HoldfastError("DESTINATION_EXISTS", `Cannot export to "${suffixed}": it is there`, {
      hint: "Choose another path, or replace a file with --force.",
    });
  }
  const signal = signalOf(options.signal);
  const folder = await Deno.makeTempDir({ dir: dirname(suffixed), prefix: ".holdfast-export-" });
  try {
    const path = join(folder, "database.sqlite");
    const { source, warnings } = await exportDatabase({ ...options, format: "db", output: path });
    const facts = { createdAt: iso(clock.now()), checksum: await fileDigest(path, signal) };
    const files = [{ name: "database.sqlite", body: await fileBody(path) }];
    const stream = await format.pack(files, facts, { signal });
    const bytes = await writeFileAtomic(suffixed, stream, { signal });
    return { source, output: suffixed, bytes, warnings };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
