/**
 * The settings of the format and the target.
 *
 * @module
 */

import { type PluginContext, type Setting, TargetError } from "../../core/extend/mod.ts";
import { type ArchiveLimits, defaultLimits } from "./archive_limits.ts";

/** The setting of the password. */
export const passwordSetting: Setting = {
  name: "password",
  kind: "text",
  secret: true,
  help: "Encrypts each file with AES-256; 7-Zip opens it, unzip does not. Names stay readable.",
};

/** Whether a password is a must: without it nothing is packed. */
export const encryptSetting: Setting = {
  name: "encrypt",
  kind: "boolean",
  help: "Pack nothing without a password.",
  default: false,
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

/**
 * The password to pack with: asked for where it is a must and not set. Throws `denied`
 * where it is a must and there is none.
 */
export async function packPasswordOf(context: PluginContext): Promise<string | undefined> {
  const { secrets, settings } = context;
  const known = await passwordOf(context);
  if (known !== undefined || settings.encrypt !== true) return known;
  const asked = await secrets.ask?.(passwordSetting.name, { again: true });
  if (asked !== undefined && asked !== "") return asked;
  throw new TargetError("denied", "Cannot encrypt the archive: there is no password", {
    hint: "Set HOLDFAST_SECRET_ZIP_PASSWORD, or keep it in the file of secrets.",
  });
}

/** A number, else what holds by default. */
function number(value: unknown, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}
