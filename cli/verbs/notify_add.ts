/**
 * Adds a notifier to the configuration; its secrets go to a file of their own.
 *
 * @module
 */

import { editConfigFile } from "../../core/config/edit_config.ts";
import type { GivenNotifier, NewsKind } from "../../core/config/target_settings.ts";
import { HoldfastError } from "../../core/errors.ts";
import { settingValues } from "../../core/extend/setting_values.ts";
import { keepSecrets, secretVariable } from "../../core/targets/secret_file.ts";
import { bundledPlugins } from "../bundled_plugins.ts";
import { escapeText } from "../escape.ts";
import { checkNotifier } from "../notifier_check.ts";
import { notifierNamed } from "../notifiers.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { completeSettings } from "../targets/complete_settings.ts";
import { givenSecrets } from "../targets/given_secrets.ts";
import { keepingPlace } from "../targets/keeping_place.ts";
import { loadEveryPlugin, loadRegistry } from "../targets/load_registry.ts";
import { settingsFrom, settingTexts } from "../targets/setting_text.ts";
import { configFileOf } from "../targets/target_key.ts";

/** The options of `notify add`. */
export interface NotifyAddFlags {
  readonly set?: readonly string[] | undefined;
  readonly on?: readonly NewsKind[] | undefined;
  readonly secretsStdin?: boolean | undefined;
  readonly force?: boolean | undefined;
}

/** Checks everything that it is given, asks for what is missing, and writes it. */
export async function notifyAdd(
  run: Run,
  { name, kind }: { readonly name: string; readonly kind: string },
  flags: NotifyAddFlags,
): Promise<Outcome> {
  const path = await configFileOf(run, "notifiers");
  const { notifiers = {} } = (await run.config()).file;
  if (notifiers[name] !== undefined && flags.force !== true) {
    throw new HoldfastError("USAGE", `Cannot add the notifier "${name}": there is one already`, {
      hint: "Choose another name, or replace it with --force.",
    });
  }
  const isBundled = Object.hasOwn(bundledPlugins, kind);
  const registry = isBundled ? await loadRegistry(run, [kind]) : await loadEveryPlugin(run);
  const declared = registry.find("notifiers", kind).kind.settings;
  const texts = settingTexts(flags.set ?? []).get("") ?? [];
  const settings = await completeSettings(run, declared, settingsFrom(declared, texts));
  settingValues(declared, settings, `notifier "${name}"`);
  const given: GivenNotifier = {
    kind,
    ...Object.keys(settings).length > 0 && { settings },
    ...flags.on !== undefined && { on: flags.on },
  };
  const fromStdin = flags.secretsStdin === true;
  const secrets = await givenSecrets(run, name, { declared, fromStdin });
  const missing = await checkNotifier(run, name, { given, secrets });
  await keep(run, name, secrets);
  await editConfigFile(path, { key: `notifiers.${name}`, value: given });
  return {
    verb: "notify add",
    data: { name, path, notifier: given, secrets: Object.keys(secrets), missing },
    text: `Notifier ${escapeText(name)} is in ${escapeText(path)}`,
    note: nextStep(name, missing),
  };
}

/** Keeps the secrets of a configured notifier, once they can work. */
export async function notifySecret(
  run: Run,
  name: string,
  flags: { readonly secretsStdin?: boolean | undefined },
): Promise<Outcome> {
  const given = await notifierNamed(run, name);
  const declared = (await loadRegistry(run, [given.kind])).find("notifiers", given.kind).kind
    .settings;
  const fromStdin = flags.secretsStdin === true;
  const secrets = await givenSecrets(run, name, { declared, fromStdin });
  if (Object.keys(secrets).length === 0) {
    const wanted = declared.filter(({ secret }) => secret === true).map((each) => each.name);
    throw new HoldfastError("USAGE", `Cannot keep secrets of "${name}": none was given`, {
      hint: wanted.length === 0
        ? `The kind ${given.kind} has none.`
        : `Answer the questions, or give lines name=value (${
          wanted.join(", ")
        }) with --secrets-stdin.`,
    });
  }
  const missing = await checkNotifier(run, name, { given, secrets });
  await keep(run, name, secrets);
  const path = keepingPlace(await run.config()).secrets;
  return {
    verb: "notify secret",
    data: { name, path, secrets: Object.keys(secrets), missing },
    text: `${Object.keys(secrets).join(", ")} of ${escapeText(name)}: kept in ${escapeText(path)}`,
    note: nextStep(name, missing),
  };
}

async function keep(run: Run, name: string, secrets: Record<string, string>): Promise<void> {
  if (Object.keys(secrets).length === 0) return;
  await keepSecrets(keepingPlace(await run.config()).secrets, name, secrets);
}

function nextStep(name: string, missing: readonly string[]): string {
  const [first] = missing;
  if (first === undefined) return `Try it with: holdfast notify test ${escapeText(name)}`;
  return `It still needs ${missing.join(", ")}: holdfast notify secret ${escapeText(name)}, ` +
    `or the variable ${secretVariable(name, first)}`;
}
