/**
 * Settings checked against their declaration.
 *
 * @module
 */

import { HoldfastError } from "../errors.ts";
import { nameHint } from "./name_hint.ts";
import { webAddressProblem } from "./web_address.ts";
import type { Setting, SettingValue, SettingValues } from "./setting.ts";

/**
 * The settings as they hold: each one known, of the kind and in the bounds that
 * its declaration wants, defaults filled in. Secrets have no place here: they come
 * from a file or the environment, and one that is given is refused unseen.
 *
 * Throws `CONFIG_INVALID` that names the key, the value and what is wanted.
 *
 * @param declared The settings of the plugin.
 * @param given What the configuration has.
 * @param where What the settings belong to, for messages: `target "usb"`.
 */
export function settingValues(
  declared: readonly Setting[],
  given: Readonly<Record<string, unknown>>,
  where: string,
): SettingValues {
  const known = declared.filter(({ secret }) => !secret);
  for (const name of Object.keys(given)) {
    const setting = declared.find((one) => one.name === name);
    if (setting === undefined) {
      throw new HoldfastError(
        "CONFIG_INVALID",
        `Cannot use the settings of ${where}: there is no "${name}"`,
        { hint: nameHint(name, known.map((one) => one.name)) },
      );
    }
    if (setting.secret) {
      throw new HoldfastError(
        "CONFIG_INVALID",
        `Cannot use "${name}" of ${where} from the configuration: it is a secret`,
        { hint: "Put it into the secrets file or the environment." },
      );
    }
  }
  return Object.fromEntries(known.map((setting) => {
    const value = given[setting.name] ?? setting.default;
    if (value !== undefined) {
      const checked = checkedValue(setting, value, where);
      refuseProblem(setting, checked, where);
      return [setting.name, checked];
    }
    if (!setting.required) return [setting.name, undefined];
    throw new HoldfastError("CONFIG_INVALID", `Cannot use ${where}: "${setting.name}" is missing`, {
      hint: `Set it: ${setting.help}`,
    });
  }));
}

/** The value, if it is of its kind. */
function checkedValue(setting: Setting, value: unknown, where: string): SettingValue {
  const isText = typeof value === "string" && value !== "";
  switch (setting.kind) {
    case "text":
    case "path":
    case "url":
      if (isText) return value;
      break;
    case "choice":
      if (isText && setting.choices?.includes(value)) return value;
      break;
    case "boolean":
      if (typeof value === "boolean") return value;
      break;
    case "number":
      if (typeof value === "number" && inBounds(setting, value)) return value;
      break;
    case "list":
      if (isTextList(value)) return value;
      break;
  }
  throw new HoldfastError(
    "CONFIG_INVALID",
    `Cannot use "${setting.name}" of ${where}: ${JSON.stringify(value)} is not ${wanted(setting)}`,
    { hint: setting.help },
  );
}

/** Throws what is wrong with an address, and what the plugin itself finds wrong with a text. */
function refuseProblem(setting: Setting, value: SettingValue, where: string): void {
  const { name, kind, help, problem } = setting;
  const texts = [value].flat().filter((one) => typeof one === "string");
  for (const text of texts) {
    const found = (kind === "url" ? webAddressProblem(text) : undefined) ?? problem?.(text);
    if (found === undefined) continue;
    throw new HoldfastError("CONFIG_INVALID", `Cannot use "${name}" of ${where}: ${found}`, {
      hint: help,
    });
  }
}

/** Whether it is a number between the bounds, both included. */
function inBounds({ min = -Infinity, max = Infinity }: Setting, value: number): boolean {
  return Number.isFinite(value) && value >= min && value <= max;
}

/** Whether it is an array of texts, none empty. */
function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string" && one !== "");
}

/** What the setting wants, in words. */
function wanted({ kind, choices = [], min, max }: Setting): string {
  switch (kind) {
    case "text":
      return "a text that is not empty";
    case "path":
      return "a path";
    case "url":
      return "an address such as https://example.com";
    case "choice":
      return `one of ${choices.map((one) => `"${one}"`).join(", ")}`;
    case "boolean":
      return "true or false";
    case "list":
      return "a list of texts";
    case "number":
      if (min !== undefined && max !== undefined) return `a number from ${min} to ${max}`;
      if (min !== undefined) return `a number of at least ${min}`;
      return max === undefined ? "a number" : `a number of at most ${max}`;
  }
}
