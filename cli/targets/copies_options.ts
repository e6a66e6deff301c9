/**
 * What every verb that works with the copies of one target gives to the library.
 *
 * @module
 */

import type { CopiesOptions } from "../../core/targets/copies_job.ts";
import { choosePlace, type ChosenPlace } from "../choose_database.ts";
import type { Run } from "../session.ts";
import { openNamed } from "./open_targets.ts";

/** What a person says. */
export interface TargetFlags {
  readonly target: string;
  readonly database?: string | undefined;
  /** Whose copies, where there are those of several databases. */
  readonly copies?: string | undefined;
}

/** Opens the target, does the work, closes it. */
export async function withCopies<T>(
  run: Run,
  flags: TargetFlags,
  work: (options: CopiesOptions, place: ChosenPlace) => Promise<T>,
): Promise<T> {
  const place = await choosePlace(run, flags.database);
  await using target = await openNamed(run, await place.configured(), flags.target);
  return await work({
    database: place.database,
    directory: place.directory,
    target,
    copies: flags.copies,
    clock: run.clock,
    signal: run.signal,
    onEvent: run.printer.event,
  }, place);
}
