/**
 * Takes targets out of the configuration, and switches them on and off.
 *
 * @module
 */

import { editConfigFile } from "../../core/config/edit_config.ts";
import { forgetSecrets } from "../../core/targets/secret_file.ts";
import { escapeText } from "../escape.ts";
import { PARTLY } from "../exit_code.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { keepingPlace } from "../targets/keeping_place.ts";
import { configFileOf, targetKey } from "../targets/target_key.ts";
import { signOut } from "./target_connect.ts";

/** Which database's. */
export interface TargetChangeFlags {
  readonly database?: string | undefined;
}

/**
 * Takes a target out, with its secrets and its store; what it was signed in with is revoked
 * where the place can. The copies there stay.
 */
export async function targetRemove(
  run: Run,
  name: string,
  flags: TargetChangeFlags,
): Promise<Outcome> {
  const path = await configFileOf(run);
  const key = await targetKey(run, name, flags);
  // First, as long as its settings and tokens are there; a place that is away does not hold it.
  const failure = await signOut(run, name, flags);
  await editConfigFile(path, { key, value: undefined });
  const place = keepingPlace(await run.config());
  await forgetSecrets(place.secrets, name);
  try {
    await Deno.remove(place.state(name));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return {
    verb: "target remove",
    data: { name, path },
    text: `Target ${escapeText(name)} is taken out of ${escapeText(path)}`,
    note: [
      "Its secrets here are forgotten. The copies there stay.",
      ...failure === undefined
        ? []
        : [`It could not be signed out there: ${escapeText(failure.message)}`],
    ].join("\n"),
    exitCode: failure === undefined ? undefined : PARTLY,
  };
}

/** Switches a target on or off. */
export async function targetEnable(
  run: Run,
  name: string,
  { enabled, ...flags }: TargetChangeFlags & { readonly enabled: boolean },
): Promise<Outcome> {
  const path = await configFileOf(run);
  const key = `${await targetKey(run, name, flags)}.enabled`;
  await editConfigFile(path, { key, value: enabled ? undefined : false });
  return {
    verb: enabled ? "target enable" : "target disable",
    data: { name, path, enabled },
    text: `Target ${escapeText(name)} is ${enabled ? "on" : "off"}`,
    note: enabled ? "holdfast push sends what it missed." : "No copies are sent there.",
  };
}
