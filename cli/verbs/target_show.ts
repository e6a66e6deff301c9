/**
 * Shows one target: its settings with their help, which secrets are set, and what the place
 * tells of itself.
 *
 * @module
 */

import { HoldfastError } from "../../core/errors.ts";
import type { Setting } from "../../core/extend/setting.ts";
import { secretVariable, targetSecrets } from "../../core/targets/secret_file.ts";
import { escapeText } from "../escape.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { databaseOfTarget } from "../targets/database_of_target.ts";
import { describePlace, placeLines } from "../targets/describe_place.ts";
import { keepingPlace } from "../targets/keeping_place.ts";
import { loadRegistry } from "../targets/load_registry.ts";
import { kindsOf } from "../targets/open_targets.ts";

/** Shows it. Secrets are only told to be set. */
export async function targetShow(
  run: Run,
  name: string,
  flags: { readonly database?: string | undefined },
): Promise<Outcome> {
  const configured = await databaseOfTarget(run, name, flags.database);
  const target = configured.settings.targets[name];
  if (target === undefined) {
    throw new HoldfastError("USAGE", `Cannot find the target "${name}" in the configuration`, {
      hint: "holdfast target list shows them.",
    });
  }
  const registry = await loadRegistry(run, kindsOf(target));
  const { kind } = registry.find("targets", target.kind);
  const codecs = target.codecs.map((codec) => typeof codec === "string" ? codec : codec.kind);
  const declared = [
    ...kind.settings,
    ...codecs.flatMap((codec) => registry.find("codecs", codec).kind.settings.filter(isSecret)),
  ];
  const { around } = run.session;
  const place = keepingPlace(await run.config());
  const secrets = targetSecrets(name, { env: around.env, path: place.secrets });
  const lines: string[] = [];
  const set: Record<string, boolean> = {};
  for (const setting of declared.filter(({ advanced }) => advanced !== true)) {
    if (isSecret(setting)) {
      set[setting.name] = await secrets.get(setting.name) !== undefined;
      const variable = secretVariable(name, setting.name);
      lines.push(line(setting, set[setting.name] ? "(set)" : `(not set; ${variable})`));
      continue;
    }
    const value = target.settings[setting.name] ?? setting.default;
    lines.push(line(setting, value === undefined ? "-" : escapeText(String(value))));
  }
  const told = await describePlace(run, name, configured);
  return {
    verb: "target show",
    data: { name, target, secrets: set, place: told },
    text: [
      `${name}: ${target.kind}. ${kind.summary}`,
      `  codecs  ${codecs.join(", ") || "none"}`,
      `  required  ${target.required}`,
      `  enabled  ${target.enabled}`,
      ...placeLines(told).map((text) => `  ${text}`),
      ...lines,
    ].join("\n"),
  };
}

function isSecret({ secret }: Setting): boolean {
  return secret === true;
}

function line({ name, help }: Setting, value: string): string {
  return `  ${name}  ${value}\n      ${help}`;
}
