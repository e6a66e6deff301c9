/**
 * Whether a notifier can ever work: asked when it is set, not when there is news.
 *
 * @module
 */

import type { GivenNotifier } from "../core/config/target_settings.ts";
import { memoryState } from "../core/extend/memory_state.ts";
import { openNotifier } from "../core/notify/open_notifiers.ts";
import { targetSecrets } from "../core/targets/secret_file.ts";
import type { Run } from "./session.ts";
import { keepingPlace } from "./targets/keeping_place.ts";
import { loadRegistry } from "./targets/load_registry.ts";

/** A notifier that is not set yet. */
export interface NotifierToCheck {
  readonly given: GivenNotifier;
  /** Secrets that are about to be kept. */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
}

/**
 * Checks its settings and secrets by making it; nothing is sent.
 *
 * @returns The secrets that must be given and are nowhere: without them it cannot be judged.
 * @throws {HoldfastError} `CONFIG_INVALID` for a setting, an address or a secret that can
 * never work, by its name; `PLUGIN_INVALID` for an unknown kind.
 */
export async function checkNotifier(
  run: Run,
  name: string,
  { given, secrets = {} }: NotifierToCheck,
): Promise<readonly string[]> {
  const config = await run.config();
  const registry = await loadRegistry(run, [given.kind]);
  const kept = targetSecrets(name, {
    env: config.around.env,
    path: keepingPlace(config).secrets,
  });
  const get = async (key: string): Promise<string | undefined> =>
    secrets[key] ?? await kept.get(key);
  const missing: string[] = [];
  for (const { name, secret, required } of registry.find("notifiers", given.kind).kind.settings) {
    if (secret === true && required === true && await get(name) === undefined) missing.push(name);
  }
  if (missing.length > 0) return missing;
  await openNotifier(name, given, {
    registry,
    secrets: () => ({ get }),
    state: () => memoryState(),
    signal: run.signal,
  });
  return [];
}
