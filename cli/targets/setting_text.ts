/**
 * Settings of plugins from the command line: `name=value`.
 *
 * @module
 */

import { HoldfastError } from "../../core/errors.ts";
import type { Setting, SettingValue } from "../../core/extend/setting.ts";

/** Settings by the word before the dot: `""` for those of the target, else of a codec. */
export type GivenSettingTexts = ReadonlyMap<string, readonly (readonly [string, string])[]>;

/**
 * Reads `path=/media/usb`, `age.recipients=age1…`.
 *
 * @throws {HoldfastError} `USAGE`.
 */
export function settingTexts(given: readonly string[]): GivenSettingTexts {
  const texts = new Map<string, [string, string][]>();
  for (const text of given) {
    const [, owner = "", name = "", value] =
      /^(?:([a-z0-9_]+)\.)?([A-Za-z0-9]+)=(.*)$/s.exec(text) ?? [];
    if (value === undefined) {
      // The text may hold a secret that has no place here: it is not repeated.
      throw new HoldfastError("USAGE", "Cannot read a --set that is not name=value", {
        hint: "For example: --set path=/media/usb, or for a codec: --set zstd.level=9",
      });
    }
    texts.set(owner, [...texts.get(owner) ?? [], [name, value]]);
  }
  return texts;
}

/**
 * The values, by what is declared; several of one name make a list. What is not declared
 * stays a text, for the check of the settings to refuse.
 */
export function settingsFrom(
  declared: readonly Setting[],
  texts: readonly (readonly [string, string])[],
): Record<string, SettingValue> {
  const values: Record<string, SettingValue> = {};
  for (const [name, text] of texts) {
    const setting = declared.find((each) => each.name === name);
    const before = values[name];
    if (setting?.kind === "list") {
      const more = text.split(",").map((part) => part.trim()).filter((part) => part !== "");
      values[name] = [...Array.isArray(before) ? before : [], ...more];
    } else values[name] = valueOf(setting, text);
  }
  return values;
}

function valueOf(setting: Setting | undefined, text: string): SettingValue {
  if (setting?.kind === "number" && text.trim() !== "" && Number.isFinite(Number(text))) {
    return Number(text);
  }
  if (setting?.kind === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}
