/**
 * The target that a person asks for on the command line, checked.
 *
 * @module
 */

import type { GivenTarget } from "../../core/config/given_settings.ts";
import type { CodecSettings } from "../../core/config/target_settings.ts";
import type { Registry } from "../../core/extend/registry.ts";
import type { Setting, SettingValue } from "../../core/extend/setting.ts";
import { settingValues } from "../../core/extend/setting_values.ts";
import type { Run } from "../session.ts";
import { completeSettings } from "./complete_settings.ts";
import { loadRegistry } from "./load_registry.ts";
import { settingsFrom, settingTexts } from "./setting_text.ts";

/** What {@linkcode wantedTarget} is given. */
export interface WantedTargetOptions {
  /** Its kind, or `kind:place`. */
  readonly place: string;
  /** The target of that name, if there is one: of the same kind stays what is not given anew. */
  readonly old: GivenTarget | undefined;
  /** `name=value`, or `codec.name=value`. */
  readonly set: readonly string[];
  /** The codecs, in order; none leaves those that are there. */
  readonly codecs: readonly string[];
  /** `true` asks for it. */
  readonly required: boolean;
}

/** A target as it is to stand in the file. */
export interface WantedTarget {
  readonly target: GivenTarget & { readonly settings: Readonly<Record<string, SettingValue>> };
  /** The settings that it and its codecs know. */
  readonly declared: readonly Setting[];
  /** Someone has to sign in to its place. */
  readonly needsSignIn: boolean;
}

/**
 * Reads it, and asks for what is missing.
 *
 * @throws {HoldfastError} `USAGE`, `CONFIG_INVALID`, `PLUGIN_INVALID`.
 */
export async function wantedTarget(
  run: Run,
  name: string,
  { place, old, set, codecs: codecNames, required }: WantedTargetOptions,
): Promise<WantedTarget> {
  const [, kind = place, value] = /^([a-z][a-z0-9_]+):(.*)$/s.exec(place) ?? [];
  const registry = await loadRegistry(run, [kind, ...codecNames]);
  const { settings: declared, connect } = registry.find("targets", kind).kind;
  const texts = settingTexts(set);
  const kept = old?.kind === kind ? old : undefined;
  const settings = await completeSettings(run, declared, {
    ...kept?.settings,
    ...settingsFrom(declared, [...placeText(declared, value), ...texts.get("") ?? []]),
  });
  settingValues(declared, settings, `target "${name}"`);
  const codecs = codecNames.map((codec) => codecSettings(registry, codec, texts.get(codec) ?? []));
  return {
    target: {
      ...kept,
      kind,
      settings,
      ...codecs.length > 0 && { codecs },
      ...required && { required: true },
    },
    declared: [
      ...declared,
      ...codecNames.flatMap((codec) => registry.find("codecs", codec).kind.settings),
    ],
    needsSignIn: connect !== undefined,
  };
}

/** The place of `kind:place` is the first setting that must be given. */
function placeText(
  declared: readonly Setting[],
  place: string | undefined,
): readonly (readonly [string, string])[] {
  const main = declared.find(({ required, secret }) => required === true && secret !== true);
  return !place || main === undefined ? [] : [[main.name, place]];
}

function codecSettings(
  registry: Registry,
  codec: string,
  texts: readonly (readonly [string, string])[],
): CodecSettings {
  const declared = registry.find("codecs", codec).kind.settings;
  const settings = settingsFrom(declared, texts);
  settingValues(declared, settings, `codec "${codec}"`);
  return texts.length === 0 ? codec : { kind: codec, settings };
}
