/**
 * Moves the backups into another directory.
 *
 * @module
 */

import { resolve } from "node:path";
import { formatByteSize } from "../../core/words/byte_size.ts";
import { moveBackups } from "../../core/move.ts";
import { choosePlace } from "../choose_database.ts";
import { escapeText } from "../escape.ts";
import { plural } from "../format.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { jobOptions } from "./job_options.ts";

/** Moves them, and says where they are. */
export async function moveVerb(
  run: Run,
  directory: string,
  name: string | undefined,
): Promise<Outcome> {
  const place = await choosePlace(run, name);
  const to = resolve(run.session.around.cwd, directory);
  const result = await moveBackups({ ...jobOptions(run, place), to });
  const { files, bytes } = result;
  return {
    verb: "move",
    data: result,
    text: `${plural(files, "file")} (${formatByteSize(bytes)}) moved to ${
      escapeText(result.directory)
    }`,
    note: "The old directory leads there. A configured directory is best changed too: " +
      "holdfast config set directory …",
  };
}
