/**
 * A write onto the live database that failed or was stopped, perhaps after it took effect.
 *
 * @module
 */

import { liveGrant } from "../database_file.ts";
import { runJob } from "../engine/client.ts";
import { HoldfastError } from "../errors.ts";
import type { Staging } from "../files/staging.ts";
import type { RestoreIntent } from "./intent.ts";
import { putJournalModeBack } from "./finish_restore.ts";
import { recover, type RecoverContext } from "../directory/recover.ts";
import { asHoldfastError } from "../report.ts";

/**
 * Keeps the later safety snapshot and the way back, at once or, where that fails too, by
 * the next run. Does nothing where nothing was changed.
 */
export async function settleFailure(
  error: unknown,
  intent: RestoreIntent,
  { staging, inside, ...context }: RecoverContext & {
    readonly staging: Staging;
    /** It was seen to hold the lock. */
    readonly inside: boolean;
  },
): Promise<void> {
  // It never had the lock; at most it left WAL mode for another page size.
  if (!inside && isBusy(error)) return await putJournalModeBack(intent, context.report);
  if (!await mayHaveChanged(intent)) return;
  try {
    await recover(staging.path, context);
  } catch (cause) {
    staging.leave();
    context.report.warn({
      code: "NOT_RECOVERED",
      message: `Cannot put right what was left: ${asHoldfastError(cause, "INTERNAL").message}`,
      hint: "The next command tries it again; nothing is lost.",
    });
  }
}

/** The moment of the database tells, where it can be read. */
async function mayHaveChanged({ database, safety }: RestoreIntent): Promise<boolean> {
  const request = { path: database, busyMs: 1_000 };
  try {
    const { moment } = await runJob("inspect", request, { grant: liveGrant(database) });
    return moment !== safety?.metadata.moment;
  } catch (cause) {
    if (!(cause instanceof HoldfastError)) throw cause;
    return true;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof HoldfastError && error.code === "DATABASE_BUSY";
}
