/**
 * What a catalog that is out of reach cannot keep: beside the secrets of this user. It
 * makes things better where it can be kept, and stops nothing where it cannot.
 *
 * @module
 */

import type { LoadedConfig } from "../core/config/load_config.ts";
import { HoldfastError } from "../core/errors.ts";
import { fileStateStore } from "../core/extend/file_state_store.ts";
import type { StateStore } from "../core/extend/plugin.ts";
import type { Run } from "./session.ts";
import { keepingPlace } from "./targets/keeping_place.ts";

/** What was kept; `undefined` where nothing was, or it cannot be read. */
export async function readAside(run: Run, key: string): Promise<string | undefined> {
  return await tried(run, async (store) => await store.get(key));
}

/** Keeps a text, or forgets it. Nothing is written where it is kept already. */
export async function keepAside(run: Run, key: string, text: string | undefined): Promise<void> {
  await tried(run, async (store) => {
    if (await store.get(key) === text) return undefined;
    if (text === undefined) await store.delete(key);
    else await store.set(key, text);
    return undefined;
  });
}

async function tried(
  run: Run,
  work: (store: StateStore) => Promise<string | undefined>,
): Promise<string | undefined> {
  const store = storeOf(await run.config());
  if (store === undefined) return undefined;
  try {
    return await work(store);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { message } = error;
    run.printer.event({ type: "warning", job: "backup", code: "NOT_KEPT", message });
    return undefined;
  }
}

function storeOf(config: LoadedConfig): StateStore | undefined {
  try {
    return fileStateStore(keepingPlace(config).aside);
  } catch (error) {
    // The environment tells of no home.
    if (error instanceof HoldfastError && error.code === "CONFIG_INVALID") return undefined;
    throw error;
  }
}
