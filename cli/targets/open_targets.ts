/**
 * Opens the targets of a database: those of the configuration, or one that is named for
 * the moment, as `zip:/media/usb`.
 *
 * @module
 */

import { configFolder, type ConfiguredDatabase } from "../../core/config/load_config.ts";
import { nearestWord } from "../../core/extend/nearest_word.ts";
import { absolutePath } from "../../core/config/surroundings.ts";
import type { TargetSettings } from "../../core/config/target_settings.ts";
import { HoldfastError } from "../../core/errors.ts";
import { fileStateStore } from "../../core/extend/file_state_store.ts";
import {
  type OpenTarget,
  openTarget,
  type OpenTargetOptions,
} from "../../core/targets/open_target.ts";
import { targetSecrets } from "../../core/targets/secret_file.ts";
import type { Run } from "../session.ts";
import { keepingPlace } from "./keeping_place.ts";
import { loadRegistry } from "./load_registry.ts";

/** The enabled targets of a database, opened; one that cannot be opened is an error of its own. */
export async function openEnabled(
  run: Run,
  { settings }: ConfiguredDatabase,
): Promise<{ readonly open: readonly OpenTarget[]; readonly failed: readonly FailedOpen[] }> {
  const open: OpenTarget[] = [];
  const failed: FailedOpen[] = [];
  for (const [name, target] of Object.entries(settings.targets)) {
    if (!target.enabled) continue;
    try {
      open.push(await openConfigured(run, name, { settings: target, kinds: kindsOf(target) }));
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
      failed.push({ target: name, required: target.required, error });
    }
  }
  return { open, failed };
}

/** A target that could not be opened: its settings, its plugin. */
export interface FailedOpen {
  readonly target: string;
  readonly required: boolean;
  readonly error: HoldfastError;
}

/**
 * The target that a person names: one of the configuration, also a disabled one, or
 * `kind:place`.
 *
 * @throws {HoldfastError} `CONFIG_INVALID`, `PLUGIN_INVALID`, `USAGE`.
 */
export async function openNamed(
  run: Run,
  { settings }: ConfiguredDatabase,
  name: string,
): Promise<OpenTarget> {
  const configured = settings.targets[name];
  if (configured !== undefined) {
    const kinds = [...kindsOf(configured), ...earlierCodecs];
    return await openConfigured(run, name, { settings: configured, kinds });
  }
  const [, kind, place] = /^([a-z][a-z0-9_]+):(.+)$/s.exec(name) ?? [];
  if (kind !== undefined && place !== undefined) return await openAdHoc(run, name, { kind, place });
  const names = Object.keys(settings.targets);
  const near = nearestWord(name, names);
  throw new HoldfastError("USAGE", `Cannot find the target "${name}"`, {
    hint: near !== undefined
      ? `Did you mean "${near}"?`
      : names.length > 0
      ? `Configured are ${names.join(", ")}. Or name a place: folder:/media/usb`
      : "None is configured: holdfast target add. Or name a place: folder:/media/usb",
  });
}

async function openConfigured(
  run: Run,
  name: string,
  { settings, kinds }: { readonly settings: TargetSettings; readonly kinds: readonly string[] },
): Promise<OpenTarget> {
  const registry = await loadRegistry(run, kinds);
  return await openTarget(name, { registry, settings, ...await surroundingsOf(run, name) });
}

/** The first setting that must be given is the place. */
async function openAdHoc(
  run: Run,
  name: string,
  { kind, place }: { readonly kind: string; readonly place: string },
): Promise<OpenTarget> {
  const registry = await loadRegistry(run, [kind, ...earlierCodecs]);
  const declared = registry.find("targets", kind).kind.settings;
  const main = declared.find(({ required, secret }) => required === true && secret !== true);
  if (main === undefined) {
    throw new HoldfastError("USAGE", `Cannot use "${name}": ${kind} has no single place`, {
      hint: "Configure it: holdfast target add",
    });
  }
  const { around } = run.session;
  const isPath = main.kind === "path";
  const value = isPath ? absolutePath(place, around.cwd, around) : place;
  return await openTarget(name, {
    registry,
    settings: { kind, settings: { [main.name]: value }, codecs: [] },
    once: true,
    ...await surroundingsOf(run, name),
  });
}

/** What every target of this run is given. */
export async function surroundingsOf(
  run: Pick<Run, "config" | "signal">,
  name: string,
): Promise<Pick<OpenTargetOptions, "secrets" | "state" | "absolute" | "signal">> {
  const config = await run.config();
  const { around } = config;
  const place = keepingPlace(config);
  return {
    secrets: targetSecrets(name, { env: around.env, path: place.secrets }),
    state: fileStateStore(place.state(name)),
    absolute: (path) => absolutePath(path, configFolder(config), around),
    signal: run.signal,
  };
}

/** The kinds that a target uses: its own and its codecs. */
export function kindsOf({ kind, codecs }: Pick<TargetSettings, "kind" | "codecs">): string[] {
  return [kind, ...codecs.map((codec) => typeof codec === "string" ? codec : codec.kind)];
}

/** Copies that are fetched may have been made with other codecs than new ones. */
const earlierCodecs = ["zstd", "gzip", "age"];
