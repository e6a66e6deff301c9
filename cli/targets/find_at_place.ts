/**
 * What the kind of a target finds at its place: the sign-in, and what people did there.
 *
 * @module
 */

import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import { TargetError } from "../../core/extend/target_error.ts";
import type { TargetFinding } from "../../core/extend/target_report.ts";
import { withinTime } from "../../core/extend/within_time.ts";
import { targetFailure } from "../../core/targets/target_failure.ts";
import type { Run } from "../session.ts";
import { kindOfTarget } from "./kind_of_target.ts";

/** The folder may hold many files. */
const LIMIT_MS = 60_000;

/** Asks it; nothing for a kind that has nothing to tell. @throws {HoldfastError} `TARGET_FAILED`. */
export async function findAtPlace(
  run: Run,
  name: string,
  { settings }: ConfiguredDatabase,
): Promise<readonly TargetFinding[]> {
  const target = settings.targets[name];
  if (target === undefined) return [];
  const { kind, context } = await kindOfTarget(run, name, target);
  try {
    return await withinTime(
      { ms: LIMIT_MS, signal: run.signal },
      async (signal) => await kind.inspect?.({ ...context, signal }) ?? [],
    );
  } catch (error) {
    run.signal.throwIfAborted();
    if (!(error instanceof TargetError)) throw error;
    throw targetFailure(error, { name, doing: "list" });
  }
}
