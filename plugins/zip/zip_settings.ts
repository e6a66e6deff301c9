/**
 * The settings of the format and the target.
 *
 * @module
 */

import type { PluginContext, Setting } from "../../core/extend/mod.ts";
import { type ArchiveLimits, defaultLimits } from "./archive_limits.ts";

/** The setting of the password. */
export const passwordSetting: Setting = {
  name: "password",
  kind: "text",
  secret: true,
  help: "Encrypts each file with AES-256; 7-Zip opens it, unzip does not. Names stay readable.",
};

/** The settings of how hard to press. */
export const levelSettings: readonly Setting[] = [
  {
    name: "level",
    kind: "number",
    help: "1 (fast) to 9 (small).",
    default: 6,
    min: 1,
    max: 9,
  },
  { name: "store", kind: "boolean", help: "Store without compressing.", default: false },
];

/** The settings of what an archive may hold when it is unpacked. */
export const limitSettings: readonly Setting[] = [
  {
    name: "maxEntries",
    kind: "number",
    help: "Refuse archives with more files.",
    default: defaultLimits.maxEntries,
    min: 1,
  },
  {
    name: "maxTotalSizeMB",
    kind: "number",
    help: "Refuse archives that take more room unpacked, in MB.",
    default: Math.floor(defaultLimits.maxTotalSize / 1e6),
    min: 1,
  },
  {
    name: "maxRatio",
    kind: "number",
    help: "Refuse files of 256 MiB and more that grow by more than this when unpacked.",
    default: defaultLimits.maxRatio,
    min: 1,
  },
];

/** The level that holds: 0 where nothing is to be compressed. */
export function levelOf({ settings }: PluginContext): number {
  return settings.store === true ? 0 : number(settings.level, 6);
}

/** The limits that hold. */
export function limitsOf({ settings }: PluginContext): ArchiveLimits {
  return {
    maxEntries: number(settings.maxEntries, defaultLimits.maxEntries),
    maxTotalSize: typeof settings.maxTotalSizeMB === "number"
      ? settings.maxTotalSizeMB * 1e6
      : defaultLimits.maxTotalSize,
    maxRatio: number(settings.maxRatio, defaultLimits.maxRatio),
    ratioFrom: defaultLimits.ratioFrom,
  };
}

/** The password; an empty one is none. */
export async function passwordOf({ secrets }: PluginContext): Promise<string | undefined> {
  const password = await secrets.get(passwordSetting.name);
  return password === "" ? undefined : password;
}

/** A number, else what holds by default. */
function number(value: unknown, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}
