/**
 * Drills a backup: a real restore into a scratch file, proved and timed.
 *
 * @module
 */

import { systemClock } from "./clock.ts";
import { HoldfastError } from "./errors.ts";
import { Report, type Warning } from "./report.ts";
import { type VerifiedBackup, type VerifyOptions, verifyUnder } from "./verify.ts";

/** What {@linkcode drill} is given. */
export interface DrillOptions extends Omit<VerifyOptions, "backups" | "all" | "deep" | "verify"> {
  /** An id, a file name, an unambiguous beginning, `latest` (the default) or a path. */
  readonly backup?: string | undefined;
}

/** What a drill found, and how long a restore takes. */
export interface DrillResult extends VerifiedBackup {
  /** What went on in spite of something. */
  readonly warnings: readonly Warning[];
}

/**
 * Restores a backup into a scratch file, runs every proof there, opens it as an
 * application would, and counts its rows. A good one is recorded as `drilled`. The live
 * database is not touched. A bad backup is an outcome, not an error. Needs `--allow-read`,
 * `--allow-write` and `--allow-run`, and room for a second copy.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND`, `NO_SPACE`, `USAGE`, `LOCKED`, `CANCELLED`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, drill } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * using app = new DatabaseSync(`${dir}/app.db`);
 * app.exec("CREATE TABLE notes (text TEXT)");
 * await backup({ database: `${dir}/app.db` });
 *
 * const { ok, proof, times } = await drill({ database: `${dir}/app.db` });
 * console.log(ok, proof, times?.restoreMs); // true drilled …
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function drill(options: DrillOptions): Promise<DrillResult> {
  const { clock = systemClock, onEvent, backup = "latest" } = options;
  const subject = options.database ?? options.directory ?? "";
  const report = new Report("drill", { subject, clock, onEvent });
  const { backups, warnings } = await verifyUnder(report, {
    ...options,
    clock,
    backups: [backup],
    deep: true,
  });
  const [found] = backups;
  if (found === undefined) throw new HoldfastError("INTERNAL", "Lost what the drill found");
  return { ...found, warnings };
}
