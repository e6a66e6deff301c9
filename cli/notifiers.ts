/**
 * Opens the notifiers of the configuration.
 *
 * @module
 */

import { HoldfastError } from "../core/errors.ts";
import { fileStateStore } from "../core/extend/file_state_store.ts";
import type { GivenNotifier } from "../core/config/target_settings.ts";
import { openNotifier } from "../core/notify/open_notifiers.ts";
import type { OpenNotifier } from "../core/notify/tell.ts";
import { nearestWord } from "../core/extend/nearest_word.ts";
import { targetSecrets } from "../core/targets/secret_file.ts";
import type { Run } from "./session.ts";
import { keepingPlace } from "./targets/keeping_place.ts";
import { loadRegistry } from "./targets/load_registry.ts";

/**
 * Opens one. Its secrets come from the environment (`HOLDFAST_SECRET_DESK_URL` for the
 * secret `url` of `desk`) or the file of secrets.
 *
 * @throws {HoldfastError} `CONFIG_INVALID`, `PLUGIN_INVALID`.
 */
export async function openConfigured(run: Run, name: string): Promise<OpenNotifier> {
  const config = await run.config();
  const given = await notifierNamed(run, name);
  const place = keepingPlace(config);
  return await openNotifier(name, given, {
    registry: await loadRegistry(run, [given.kind]),
    secrets: (of) => targetSecrets(of, { env: config.around.env, path: place.secrets }),
    state: (of) => fileStateStore(place.state(of)),
    signal: run.signal,
  });
}

/** The notifier of that name as it is configured. @throws {HoldfastError} `CONFIG_INVALID`. */
export async function notifierNamed(run: Run, name: string): Promise<GivenNotifier> {
  const { notifiers = {} } = (await run.config()).file;
  const given = notifiers[name];
  if (given === undefined) throw unknown(name, Object.keys(notifiers));
  return given;
}

function unknown(name: string, names: readonly string[]): HoldfastError {
  const near = nearestWord(name, names);
  return new HoldfastError("CONFIG_INVALID", `Cannot find the notifier "${name}"`, {
    hint: near !== undefined
      ? `Did you mean "${near}"?`
      : names.length > 0
      ? `Configured are ${names.join(", ")}.`
      : "None is configured. Add one: holdfast notify add desk webhook",
  });
}
