/**
 * Ending what a target has at its place before it is taken out of the configuration.
 *
 * @module
 */

import type { TargetSettings } from "../../core/config/target_settings.ts";
import { withinTime } from "../../core/extend/within_time.ts";
import { forgetSecrets } from "../../core/targets/secret_file.ts";
import { targetFailure } from "../../core/targets/target_failure.ts";
import type { Run } from "../session.ts";
import { keepingPlace } from "./keeping_place.ts";
import { kindOfTarget } from "./kind_of_target.ts";

/** A person waits for it. */
const LIMIT_MS = 20_000;

/** How signing out went: there was nothing to end, the place took it back, or it did not hear. */
export type SignedOut = "none" | "done" | "failed";

/**
 * Takes back the sign-in, as far as the place can be reached: what does not go well is a
 * warning, with where to end it by hand.
 */
export async function signOut(
  run: Run,
  name: string,
  target: Pick<TargetSettings, "kind" | "settings">,
): Promise<SignedOut> {
  try {
    const { kind, context } = await kindOfTarget(run, name, target);
    if (kind.disconnect === undefined) return "none";
    await withinTime(
      { ms: LIMIT_MS, signal: run.signal },
      async (signal) => await kind.disconnect?.({ ...context, signal }),
    );
    return kind.connect === undefined ? "none" : "done";
  } catch (error) {
    run.signal.throwIfAborted();
    const { message, hint } = targetFailure(error, { name, doing: "open" });
    run.printer.event({ type: "warning", job: "push", code: "NOT_SIGNED_OUT", message, hint });
    return "failed";
  }
}

/** Forgets its secrets and its store on this machine. */
export async function forgetTarget(run: Run, name: string): Promise<void> {
  const place = keepingPlace(await run.config());
  await forgetSecrets(place.secrets, name);
  const state = place.state(name);
  for (const path of [state, `${state}.lock`]) {
    try {
      await Deno.remove(path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}
