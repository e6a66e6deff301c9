/**
 * Settings that must be given and are not, asked for.
 *
 * @module
 */

import type { Setting, SettingValue } from "../../core/extend/setting.ts";
import { askText } from "../ask.ts";
import type { Run } from "../session.ts";
import { settingsFrom } from "./setting_text.ts";

/** Asks for what must be given and is not, where someone can answer. */
export async function completeSettings(
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
