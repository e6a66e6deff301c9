/**
 * Adds a target to the configuration; its secrets go to a file of their own.
 *
 * @module
 */

import { editConfigFile } from "../../core/config/edit_config.ts";
import type { CodecSettings } from "../../core/config/target_settings.ts";
import { HoldfastError } from "../../core/errors.ts";
import type { Registry } from "../../core/extend/registry.ts";
import type { Setting, SettingValue } from "../../core/extend/setting.ts";
import { settingValues } from "../../core/extend/setting_values.ts";
import { keepSecrets, secretVariable } from "../../core/targets/secret_file.ts";
import { askSecret, askText } from "../ask.ts";
import { escapeText } from "../escape.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { keepingPlace } from "../targets/keeping_place.ts";
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
  const settings = await complete(run, declared, given);
  settingValues(declared, settings, `target "${name}"`);
  const codecs = codecNames.map((codec) => codecSettings(registry, codec, texts.get(codec) ?? []));
  const secrets = await secretsOf(run, name, {
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

/** Asks for what must be given and is not, where someone can answer. */
async function complete(
  run: Run,
  declared: readonly Setting[],
  given: Readonly<Record<string, SettingValue>>,
): Promise<Record<string, SettingValue>> {
  const settings = { ...given };
  if (!run.session.canAsk) return settings;
  for (const setting of declared) {
    const { name, help, required, secret } = setting;
    if (required !== true || secret === true || settings[name] !== undefined) continue;
    const text = await askText(run, { message: `${name}: ${help}` });
    Object.assign(settings, settingsFrom(declared, [[name, text]]));
  }
  return settings;
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

/** Secrets come from standard input or a question, never from the arguments. */
async function secretsOf(
  run: Run,
  target: string,
  { declared, fromStdin }: { readonly declared: readonly Setting[]; readonly fromStdin: boolean },
): Promise<Record<string, string>> {
  const wanted = declared.filter(({ secret }) => secret === true);
  const secrets: Record<string, string> = {};
  if (fromStdin) {
    for (const line of (await new Response(Deno.stdin.readable).text()).split("\n")) {
      const [, name = "", secret = ""] = /^\s*([A-Za-z0-9]+)=(.*?)\r?$/.exec(line) ?? [];
      if (name === "") continue;
      if (!wanted.some((setting) => setting.name === name)) {
        throw new HoldfastError("USAGE", `Cannot keep the secret "${name}": there is none`, {
          hint: `Wanted are lines name=value with ${wanted.map((each) => each.name).join(", ")}.`,
        });
      }
      secrets[name] = secret;
    }
    return secrets;
  }
  if (!run.session.canAsk) return secrets;
  for (const { name, help } of wanted) {
    if (run.session.around.env[secretVariable(target, name)]) continue;
    const answer = await askSecret(run, `${name} (empty for none): ${help}`);
    if (answer !== undefined) secrets[name] = answer;
  }
  return secrets;
}
