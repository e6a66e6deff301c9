/**
 * Signing in to a target that is not in the configuration yet.
 *
 * @module
 */

import type { TargetSettings } from "../../core/config/target_settings.ts";
import { HoldfastError } from "../../core/errors.ts";
import { PARTLY } from "../exit_code.ts";
import type { Run } from "../session.ts";
import { signIn } from "./target_connect.ts";
import { withGiven } from "../targets/given_secrets.ts";
import { kindOfTarget } from "../targets/kind_of_target.ts";

/** What {@linkcode connectNow} signs in with. */
export interface ConnectNowOptions {
  readonly target: Pick<TargetSettings, "kind" | "settings">;
  /** Secrets that were given just now and are kept nowhere yet. */
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * Signs in where a person can; `false` where nobody is, none is needed, or it failed, which is
 * a warning.
 *
 * @throws {HoldfastError} `CANCELLED`.
 */
export async function connectNow(
  run: Run,
  name: string,
  { target, secrets }: ConnectNowOptions,
): Promise<boolean> {
  if (!run.session.canAsk) return false;
  try {
    const { kind, context } = await kindOfTarget(run, name, target);
    return await signIn(run, name, {
      kind,
      context: { ...context, secrets: withGiven(secrets, context.secrets) },
    });
  } catch (error) {
    if (!(error instanceof HoldfastError) || run.signal.aborted) throw error;
    const { message, hint } = error;
    run.printer.event({ type: "warning", job: "push", code: "NOT_CONNECTED", message, hint });
    run.session.exitCode = PARTLY;
    return false;
  }
}
