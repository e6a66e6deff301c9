/**
 * Lists the notifiers of the configuration, and takes one out.
 *
 * @module
 */

import { editConfigFile } from "../../core/config/edit_config.ts";
import type { GivenNotifier } from "../../core/config/target_settings.ts";
import { HoldfastError } from "../../core/errors.ts";
import { keepSecrets } from "../../core/targets/secret_file.ts";
import { escapeText } from "../escape.ts";
import { plural } from "../format.ts";
import { checkNotifier } from "../notifier_check.ts";
import { notifierNamed } from "../notifiers.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { fitting, table } from "../table.ts";
import { keepingPlace } from "../targets/keeping_place.ts";
import { loadRegistry } from "../targets/load_registry.ts";
import { configFileOf } from "../targets/target_key.ts";

/** One of them. */
interface Listed {
  readonly name: string;
  readonly kind: string;
  readonly on: readonly string[];
  readonly enabled: boolean;
  /** What is wrong with it; `null` where it can work. */
  readonly fault: string | null;
}

/** Lists them. No news is sent. */
export async function notifyList(run: Run): Promise<Outcome> {
  const { notifiers = {} } = (await run.config()).file;
  const listed: Listed[] = [];
  for (const [name, given] of Object.entries(notifiers)) {
    const { kind, on = ["failure", "recovery", "warning"], enabled = true } = given;
    listed.push({ name, kind, on, enabled, fault: await faultOf(run, name, given) });
  }
  const text = await table(listed, [
    { title: "NAME", cell: ({ name }) => escapeText(name) },
    { title: "KIND", cell: ({ kind }) => escapeText(kind) },
    { title: "NEWS", cell: ({ on }) => on.join(" ") },
    { title: "STATE", cell: ({ enabled, fault }) => fault ?? (enabled ? "on" : "off") },
  ], fitting(run.session.screen));
  return {
    verb: "notify list",
    data: { notifiers: listed },
    text: listed.length === 0 ? "No notifiers." : text,
    note: listed.length === 0
      ? "Add one: holdfast notify add desk webhook"
      : plural(listed.length, "notifier"),
  };
}

async function faultOf(run: Run, name: string, given: GivenNotifier): Promise<string | null> {
  try {
    const missing = await checkNotifier(run, name, { given });
    return missing.length === 0 ? null : `no secret ${missing.join(", ")}`;
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return error.message;
  }
}

/** Takes one out, with its secrets. */
export async function notifyRemove(run: Run, name: string): Promise<Outcome> {
  const path = await configFileOf(run, "notifiers");
  const { kind } = await notifierNamed(run, name);
  const declared = (await loadRegistry(run, [kind])).find("notifiers", kind).kind.settings;
  await editConfigFile(path, { key: `notifiers.${name}`, value: undefined });
  const secrets = declared.filter(({ secret }) => secret === true).map((each) => [each.name]);
  // A target may have the same name: only what is of this kind goes.
  await keepSecrets(
    keepingPlace(await run.config()).secrets,
    name,
    Object.fromEntries(secrets.map(([secret]) => [secret, undefined])),
  );
  return {
    verb: "notify remove",
    data: { name, path },
    text: `Notifier ${escapeText(name)} is taken out of ${escapeText(path)}`,
    note: "Its secrets here are forgotten.",
  };
}
