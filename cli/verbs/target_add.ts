/**
 * Adds a target to the configuration; its secrets go to a file of their own.
 *
 * @module
 */

import { editConfigFile } from "../../core/config/edit_config.ts";
import type { CodecSettings } from "../../core/config/target_settings.ts";
import type { Registry } from "../../core/extend/registry.ts";
import { settingValues } from "../../core/extend/setting_values.ts";
import { keepSecrets } from "../../core/targets/secret_file.ts";
import { escapeText } from "../escape.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { givenSecrets } from "../targets/given_secrets.ts";
import { keepingPlace } from "../targets/keeping_place.ts";
import { completeSettings } from "../targets/complete_settings.ts";
import { loadRegistry } from "../targets/load_registry.ts";
import { settingsFrom, settingTexts } from "../targets/setting_text.ts";
import { configFileOf, targetKey } from "../targets/target_key.ts";

/** The options of the command. */
export interface TargetAddFlags {
  readonly set?: readonly string[] | undefined;
  readonly codec?: readonly string[] | undefined;
  readonly required?: boolean | undefined;
  readonly secretsStdin?: boolean | undefined;
  readonly database?: string | undefined;
  readonly force?: boolean | undefined;
  /** Secrets that are at hand; else they are asked for. */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
}

/** Checks the settings, asks for what is missing, and writes them. */
export async function targetAdd(
  run: Run,
  { name, place }: { readonly name: string; readonly place: string },
  flags: TargetAddFlags,
): Promise<Outcome> {
  const path = await configFileOf(run);
  const key = await targetKey(run, name, { ...flags, isNew: flags.force !== true });
  const [, kind = place, value] = /^([a-z][a-z0-9_]+):(.+)$/s.exec(place) ?? [];
  const codecNames = flags.codec ?? [];
  const registry = await loadRegistry(run, [kind, ...codecNames]);
  const declared = registry.find("targets", kind).kind.settings;
  const texts = settingTexts(flags.set ?? []);
  const main = declared.find(({ required, secret }) => required === true && secret !== true);
  const given = settingsFrom(declared, [
    ...value === undefined || main === undefined ? [] : [[main.name, value] as const],
    ...texts.get("") ?? [],
  ]);
  const settings = await completeSettings(run, declared, given);
  settingValues(declared, settings, `target "${name}"`);
  const codecs = codecNames.map((codec) => codecSettings(registry, codec, texts.get(codec) ?? []));
  const secrets = flags.secrets ?? await givenSecrets(run, name, {
    declared: [
      ...declared,
      ...codecNames.flatMap((codec) => registry.find("codecs", codec).kind.settings),
    ],
    fromStdin: flags.secretsStdin === true,
  });
  const target = {
    kind,
    settings,
    ...codecs.length > 0 && { codecs },
    ...flags.required === true && { required: true },
  };
  if (Object.keys(secrets).length > 0) {
    await keepSecrets(keepingPlace(await run.config()).secrets, name, secrets);
  }
  await editConfigFile(path, { key, value: target });
  const connects = registry.find("targets", kind).kind.connect !== undefined;
  return {
    verb: "target add",
    data: { name, path, target, secrets: Object.keys(secrets) },
    text: `Target ${name} is in ${escapeText(path)}`,
    note: `${connects ? `Sign in with: holdfast target connect ${name}. ` : ""}` +
      `Try it with: holdfast target check ${name}`,
  };
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
