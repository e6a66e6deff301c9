/**
 * What is wrong with something that should be a plugin.
 *
 * @module
 */

import { SORTS } from "./registry.ts";

/** What keeps a value from being a plugin, as sentences; none where it is one. */
export function pluginFaults(value: unknown): readonly string[] {
  if (!isRecord(value)) return ["it has no default export that is a plugin"];
  const faults: string[] = [];
  if (typeof value.name !== "string" || !/^[a-z][a-z0-9_]*$/.test(value.name)) {
    faults.push('"name" must be lower-case letters, digits and "_"');
  }
  if (typeof value.summary !== "string") faults.push('"summary" must be a text');
  for (const sort of SORTS) {
    const kinds = value[sort];
    if (kinds === undefined) continue;
    if (!isRecord(kinds)) faults.push(`"${sort}" must be an object`);
    else {
      for (const [name, kind] of Object.entries(kinds)) {
        faults.push(...kindFaults(kind).map((fault) => `"${sort}.${name}" ${fault}`));
      }
    }
  }
  return faults;
}

/** What is wrong with one thing that a plugin adds. */
function kindFaults(kind: unknown): readonly string[] {
  if (!isRecord(kind)) return ["must be an object"];
  const faults: string[] = [];
  if (typeof kind.summary !== "string") faults.push('must have a text "summary"');
  if (typeof kind.create !== "function") faults.push('must have a function "create"');
  const { settings } = kind;
  if (!Array.isArray(settings)) return [...faults, 'must have a list "settings"'];
  for (const setting of settings) {
    if (isRecord(setting) && typeof setting.name === "string" && typeof setting.kind === "string") {
      continue;
    }
    faults.push('has a setting without "name" and "kind"');
  }
  return faults;
}

/** Whether it is an object with properties. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
