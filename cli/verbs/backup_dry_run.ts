/**
 * What a backup would be.
 *
 * @module
 */

import { formatByteSize } from "../../core/words/byte_size.ts";
import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import { backupOptionsFor } from "../../core/config/job_options.ts";
import { estimate } from "../../core/artifact/estimate.ts";
import { eachOf } from "../each_place.ts";
import { escapeText } from "../escape.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import type { BackupFlags } from "./backup.ts";

/** Estimates each; nothing is written. */
export async function dryRun(
  run: Run,
  databases: readonly ConfiguredDatabase[],
  { adopt }: BackupFlags,
): Promise<Outcome> {
  const { seen: estimates, failed, ...ended } = await eachOf(run, databases, {
    nameOf: ({ path }) => path,
    look: (database) => estimate({ ...backupOptionsFor(database), adopt }),
  });
  const text = estimates.map(({ database, directory, size, free, engine }) =>
    [
      `${escapeText(database)}`,
      `  into       ${escapeText(directory)}`,
      `  at most    ${formatByteSize(size)}`,
      `  free       ${free === undefined ? "not known" : formatByteSize(free)}`,
      `  engine     ${engine}`,
    ].join("\n")
  ).join("\n");
  return {
    verb: "backup",
    data: { dryRun: true, estimates, ...failed },
    text,
    note: "Nothing was written.",
    ...ended,
  };
}
