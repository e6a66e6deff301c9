/**
 * The kind of a configured target, and what its plugin is given: for what is beyond the five
 * verbs, such as signing in.
 *
 * @module
 */

import type { TargetSettings } from "../../core/config/target_settings.ts";
import type { Kind, PluginContext } from "../../core/extend/plugin.ts";
import type { Target } from "../../core/extend/target.ts";
import { TargetError } from "../../core/extend/target_error.ts";
import { targetFailure } from "../../core/targets/target_failure.ts";
import { contextOf } from "../../core/targets/open_target.ts";
import type { Run } from "../session.ts";
import { loadRegistry } from "./load_registry.ts";
import { surroundingsOf } from "./open_targets.ts";

/** What a run must have for it. */
export type AskingRun = Pick<Run, "config" | "signal">;

/** A kind, and what belongs to one target of it. */
export interface KindOfTarget {
  readonly kind: Kind<Target>;
  readonly context: PluginContext;
}

/** Loads it. @throws {HoldfastError} `CONFIG_INVALID`, `PLUGIN_INVALID`. */
export async function kindOfTarget(
  run: AskingRun,
  name: string,
  target: Pick<TargetSettings, "kind" | "settings">,
): Promise<KindOfTarget> {
  const registry = await loadRegistry(run, [target.kind]);
  const { kind } = registry.find("targets", target.kind);
  const context = contextOf(name, {
    declared: kind.settings,
    given: target.settings,
    ...await surroundingsOf(run, name),
  });
  return { kind, context };
}

/** What went wrong while its place was asked, whatever its plugin threw; without its name. */
export function placeFailure(
  error: unknown,
  name: string,
): { readonly message: string; readonly hint?: string | undefined } {
  return error instanceof TargetError ? error : targetFailure(error, { name, doing: "open" });
}
