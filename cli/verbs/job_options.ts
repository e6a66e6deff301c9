/**
 * What every verb of the library is given.
 *
 * @module
 */

import type { DirectoryJobOptions } from "../../core/directory/directory_job.ts";
import type { ChosenPlace } from "../choose_database.ts";
import type { Run } from "../session.ts";

/** The place, and how this run listens and stops. */
export function jobOptions(run: Run, place: ChosenPlace): DirectoryJobOptions {
  return {
    database: place.database,
    directory: place.directory,
    clock: run.clock,
    signal: run.signal,
    onEvent: run.printer.event,
  };
}
