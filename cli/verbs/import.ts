/**
 * Brings the database of a packed backup back: shows what the archive says of itself,
 * then restores it like any other backup.
 *
 * @module
 */

import { resolve } from "node:path";
import { HoldfastError } from "../../core/errors.ts";
import { formatOf } from "../../core/artifact/formats.ts";
import { packedFacts } from "../../core/artifact/unpack_file.ts";
import { escapeText } from "../escape.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { formatsOf } from "../targets/open_formats.ts";
import { type RestoreFlags, restoreVerb } from "./restore.ts";

/** Shows its facts, asks, and restores. */
export async function importVerb(run: Run, file: string, flags: RestoreFlags): Promise<Outcome> {
  const path = resolve(run.session.around.cwd, file);
  const format = await formatOf(path, formatsOf(run));
  if (format === undefined) {
    throw new HoldfastError("USAGE", `Cannot import "${file}": it is no archive that is known`, {
      hint: "A plain database file is restored by its path: holdfast restore copy.db",
    });
  }
  const facts = await packedFacts(path, format, run.signal);
  if (!run.session.quiet) {
    for (const [name, value] of Object.entries(facts)) {
      if (name === "entries") continue;
      const text = typeof value === "object" ? JSON.stringify(value) : String(value);
      run.printer.note(`  ${escapeText(name)}: ${escapeText(text)}`);
    }
  }
  const outcome = await restoreVerb(run, path, flags);
  return { ...outcome, verb: "import" };
}
