/**
 * Adds a target to the configuration; its secrets go to a file of their own.
 *
 * @module
 */

import { editConfigFile } from "../../core/config/edit_config.ts";
import type { CodecSettings, TargetSettings } from "../../core/config/target_settings.ts";
import { HoldfastError } from "../../core/errors.ts";
import type { Registry } from "../../core/extend/registry.ts";
import { settingValues } from "../../core/extend/setting_values.ts";
import { keepSecrets } from "../../core/targets/secret_file.ts";
import { ask } from "../ask.ts";
import { escapeText } from "../escape.ts";
import { PARTLY } from "../exit_code.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { givenSecrets } from "../targets/given_secrets.ts";
import { keepingPlace } from "../targets/keeping_place.ts";
import { completeSettings } from "../targets/complete_settings.ts";
import { kindOfTarget } from "../targets/kind_of_target.ts";
import { loadRegistry } from "../targets/load_registry.ts";
import { settingsFrom, settingTexts } from "../targets/setting_text.ts";
import { forgetTarget, signOut } from "../targets/sign_out.ts";
import { configFileOf, targetKey, targetsIn } from "../targets/target_key.ts";
import { signIn } from "./target_connect.ts";

/** The options of the command. */
export interface TargetAddFlags {
  readonly set?: readonly string[] | undefined;
  readonly codec?: readonly string[] | undefined;
  readonly required?: boolean | undefined;
  readonly secretsStdin?: boolean | undefined;
  readonly database?: string | undefined;
  /** Changes one of that name without a question. */
  readonly force?: boolean | undefined;
  /** Secrets that are at hand; else they are asked for. */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
  /** The same. */
  readonly yes?: boolean | undefined;
}

/**
 * Checks the settings, asks for what is missing, writes them, and signs in where a person is
 * there. Of a target of that name and kind stays what is not given anew.
 */
export async function targetAdd(
  run: Run,
  { name, place }: { readonly name: string; readonly place: string },
  flags: TargetAddFlags,
): Promise<Outcome> {
  const path = await configFileOf(run);
  const old = (await targetsIn(run, flags.database))?.[name];
  const isNew = old !== undefined && !await mayChange(run, name, flags);
  const key = await targetKey(run, name, { ...flags, isNew });
  const [, kind = place, value] = /^([a-z][a-z0-9_]+):(.+)$/s.exec(place) ?? [];
  const codecNames = flags.codec ?? [];
  const registry = await loadRegistry(run, [kind, ...codecNames]);
  const declared = registry.find("targets", kind).kind.settings;
  const texts = settingTexts(flags.set ?? []);
  const main = declared.find(({ required, secret }) => required === true && secret !== true);
  const kept = old?.kind === kind ? old : undefined;
  const given = {
    ...kept?.settings,
    ...settingsFrom(declared, [
      ...value === undefined || main === undefined ? [] : [[main.name, value] as const],
      ...texts.get("") ?? [],
    ]),
  };
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
    ...kept,
    kind,
    settings,
    ...codecs.length > 0 && { codecs },
    ...flags.required === true && { required: true },
  };
  if (old !== undefined && kept === undefined) {
    await signOut(run, name, { ...old, settings: old.settings ?? {} });
    await forgetTarget(run, name);
  }
  if (Object.keys(secrets).length > 0) {
    await keepSecrets(keepingPlace(await run.config()).secrets, name, secrets);
  }
  await editConfigFile(path, { key, value: target });
  const connected = await connectNow(run, name, target);
  const isToDo = registry.find("targets", kind).kind.connect !== undefined && !connected;
  return {
    verb: "target add",
    data: { name, path, target, secrets: Object.keys(secrets), connected },
    text: `Target ${name} is in ${escapeText(path)}`,
    note: `${isToDo ? `Sign in with: holdfast target connect ${name}. ` : ""}` +
      `Try it with: holdfast target check ${name}`,
  };
}

/** Whether one of that name may be changed: told so, or asked. */
async function mayChange(run: Run, name: string, flags: TargetAddFlags): Promise<boolean> {
  if (flags.force === true || flags.yes === true) return true;
  if (!run.session.canAsk) return false;
  return await ask(run, `There is a target "${name}": change its settings and connect it again?`);
}

/** Signs in where a person can. What fails is a warning: the target stands in the file. */
async function connectNow(
  run: Run,
  name: string,
  target: Pick<TargetSettings, "kind" | "settings">,
): Promise<boolean> {
  if (!run.session.canAsk) return false;
  try {
    return await signIn(run, name, await kindOfTarget(run, name, target));
  } catch (error) {
    if (!(error instanceof HoldfastError) || run.signal.aborted) throw error;
    const { message, hint } = error;
    run.printer.event({ type: "warning", job: "push", code: "NOT_CONNECTED", message, hint });
    run.session.exitCode = PARTLY;
    return false;
  }
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
