/**
 * The notifiers of a configuration, made from the kinds that the plugins add.
 *
 * @module
 */

import type { GivenNotifier } from "../config/target_settings.ts";
import type { Notifier } from "../extend/notifier.ts";
import type { Secrets, StateStore } from "../extend/plugin.ts";
import type { Registry } from "../extend/registry.ts";
import { settingValues } from "../extend/setting_values.ts";
import { TargetError } from "../extend/target_error.ts";
import { HoldfastError } from "../errors.ts";
import type { OpenNotifier } from "./tell.ts";

/** Where a notifier gets what is not in the configuration. */
export interface NotifierSources {
  readonly registry: Registry;
  secrets(name: string): Secrets;
  state(name: string): StateStore;
  readonly signal: AbortSignal;
}

/**
 * Makes one. It does no network work.
 *
 * @throws {HoldfastError} `CONFIG_INVALID` for an unknown kind, and for a setting, an
 * address or a secret that can never work, by its name.
 */
export async function openNotifier(
  name: string,
  given: GivenNotifier,
  sources: NotifierSources,
): Promise<OpenNotifier> {
  const { kind } = sources.registry.find("notifiers", given.kind);
  const where = `notifier "${name}"`;
  const settings = settingValues(kind.settings, given.settings ?? {}, where);
  const { signal } = sources;
  const context = { name, settings, signal };
  const secrets = sources.secrets(name);
  const state = sources.state(name);
  let notifier: Notifier;
  try {
    notifier = await kind.create({ ...context, secrets, state });
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause;
    if (!(cause instanceof TargetError)) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new HoldfastError("PLUGIN_INVALID", `Cannot open the ${where}: ${why}`, { cause });
    }
    const { message, hint } = cause;
    throw new HoldfastError("CONFIG_INVALID", `Cannot open the ${where}: ${message}`, {
      hint,
      cause,
    });
  }
  return { name, on: given.on ?? ["failure", "recovery", "warning"], notifier };
}
