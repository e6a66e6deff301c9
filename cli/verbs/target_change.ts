/**
 * Takes targets out of the configuration, and switches them on and off.
 *
 * @module
 */

import { editConfigFile } from "../../core/config/edit_config.ts";
import { escapeText } from "../escape.ts";
import { PARTLY } from "../exit_code.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { forgetTarget, type SignedOut, signOut } from "../targets/sign_out.ts";
import { configFileOf, isNamedElsewhere, targetKey, targetsIn } from "../targets/target_key.ts";

/** Which database's. */
export interface TargetChangeFlags {
  readonly database?: string | undefined;
}

/**
 * Takes a target out, with its sign-in, its secrets and its store. The copies there stay. A
 * sign-in that the place could not be told of is a warning.
 */
export async function targetRemove(
  run: Run,
  name: string,
  flags: TargetChangeFlags,
): Promise<Outcome> {
  const path = await configFileOf(run);
  const key = await targetKey(run, name, flags);
  const target = (await targetsIn(run, flags.database))?.[name];
  const isShared = await isNamedElsewhere(run, name, flags.database);
  const signedOut = target === undefined || isShared
    ? "none"
    : await signOut(run, name, { ...target, settings: target.settings ?? {} });
  await editConfigFile(path, { key, value: undefined });
  if (!isShared) await forgetTarget(run, name);
  return {
    verb: "target remove",
    data: { name, path, signedOut },
    text: `Target ${escapeText(name)} is taken out of ${escapeText(path)}`,
    note: isShared
      ? "Another database has a target of that name: its secrets here stay. So do the copies there."
      : `${signedOutWords[signedOut]}Its secrets here are forgotten. The copies there stay.`,
    ...signedOut === "failed" && { exitCode: PARTLY },
  };
}

const signedOutWords: Readonly<Record<SignedOut, string>> = {
  none: "",
  done: "It is signed out. ",
  failed: "The place may still accept its sign-in: end it there too. ",
};

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
