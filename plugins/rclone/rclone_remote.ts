/**
 * A remote as rclone knows it: how it is reached, what it can, and its objects.
 *
 * @module
 */

import { type TargetCallOptions, TargetError } from "../../core/extend/mod.ts";
import { field, parseJson } from "./rclone_log.ts";
import type { RcloneSettings } from "./rclone_settings.ts";
import { type RcloneProgram, runRclone } from "./run_rclone.ts";

/** The oldest version that is tried in the tests. */
const oldest = { major: 1, minor: 60 };

/** What a remote can. */
export interface RcloneFeatures {
  /** The strongest hash that it knows and that we can compute. */
  readonly hash: HashType | undefined;
  /** It tells a SHA-256 without reading the object. */
  readonly vouches: boolean;
  readonly about: boolean;
  /** It keeps empty folders. */
  readonly folders: boolean;
}

/** Hashes that rclone and `node:crypto` both know, strongest first. */
const hashTypes = ["sha256", "sha1", "md5"] as const;
/** One of them. */
export type HashType = typeof hashTypes[number];

/** A remote that was found to work. */
export interface RcloneRemote {
  readonly program: RcloneProgram;
  readonly settings: RcloneSettings;
  readonly features: RcloneFeatures;
  /** The remote's name of a path below the folder of the target. */
  at(path: string): string;
}

/** Checks the version of rclone and asks what the remote can. */
export async function openRemote(
  settings: RcloneSettings,
  { signal }: TargetCallOptions,
): Promise<RcloneRemote> {
  const program = await rcloneProgram(settings, signal);
  const root = settings.remote.replace(/([^:])\/+$/, "$1");
  const at = (path: string): string =>
    path === "" ? root : /[:/]$/.test(root) ? root + path : `${root}/${path}`;
  const action = `Cannot open the remote "${settings.remote}"`;
  const { text } = await runRclone(program, ["backend", "features", at("")], { action, signal });
  return { program, settings, features: readFeatures(parseJson(text)), at };
}

/** Reads what `backend features` tells. */
function readFeatures(value: unknown): RcloneFeatures {
  const hashes = field(value, "Hashes");
  const known: readonly unknown[] = Array.isArray(hashes) ? hashes : [];
  const features = field(value, "Features");
  return {
    hash: hashTypes.find((type) => known.includes(type)),
    vouches: known.includes("sha256") && field(features, "SlowHash") !== true,
    about: field(features, "About") === true,
    folders: field(features, "CanHaveEmptyDirectories") === true,
  };
}

/** How rclone is run for these settings; checks its version. */
async function rcloneProgram(
  settings: RcloneSettings,
  signal: AbortSignal,
): Promise<RcloneProgram> {
  const seconds = settings.timeoutSeconds;
  const bare: RcloneProgram = {
    program: settings.program,
    flags: [
      // Whoever tries again is the caller; nobody is there to type a password.
      ...["--retries=1", "--low-level-retries=3", "--ask-password=false", "--use-json-log"],
      ...[`--contimeout=${seconds}s`, `--timeout=${seconds}s`],
      ...(settings.config === undefined ? [] : [`--config=${settings.config}`]),
    ],
    env: {},
    secrets: [...settings.secretOptions.values(), settings.configPassword ?? ""],
    // rclone notices a silent remote by itself, and tries three times.
    silentMs: seconds * 4000,
  };
  const { text } = await runRclone(bare, ["version"], { action: "Cannot run rclone", signal });
  checkVersion(text);
  return { ...bare, env: await environment(bare, settings, signal) };
}

/** Throws `invalid` for a version that is too old. */
export function checkVersion(text: string): void {
  const found = /^rclone v(\d+)\.(\d+)/m.exec(text);
  const [major, minor] = [Number(found?.[1] ?? 0), Number(found?.[2] ?? 0)];
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return;
  const first = text.split("\n", 1)[0] ?? "";
  throw new TargetError("invalid", `Cannot use "${first}": it is too old`, {
    hint: `Install rclone ${oldest.major}.${oldest.minor} or newer.`,
  });
}

/** Options that rclone wants obscured: its own passwords of other services. */
const obscured = /^(pass|password2?|key_file_pass|mailbox_password|api_password)$/;

/**
 * Options and secrets as rclone reads them from the environment
 * (https://rclone.org/docs/#config-file): never by argument, which all may see.
 */
async function environment(
  program: RcloneProgram,
  settings: RcloneSettings,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const name = settings.remote.split(":", 1)[0] ?? "";
  const variable = (option: string): string =>
    `RCLONE_CONFIG_${name}_${option}`.replaceAll("-", "_").toUpperCase();
  const env: Record<string, string> = {};
  for (const [option, value] of settings.options) env[variable(option)] = value;
  for (const [option, value] of settings.secretOptions) {
    env[variable(option)] = obscured.test(option) ? await obscure(program, value, signal) : value;
  }
  if (settings.configPassword !== undefined) env.RCLONE_CONFIG_PASS = settings.configPassword;
  return env;
}

/** A password in rclone's own disguise. */
async function obscure(
  program: RcloneProgram,
  password: string,
  signal: AbortSignal,
): Promise<string> {
  const input = ReadableStream.from([new TextEncoder().encode(password)]);
  const action = "Cannot pass a password to rclone";
  const { text } = await runRclone(program, ["obscure", "-"], { action, signal, input });
  return text.trim();
}
