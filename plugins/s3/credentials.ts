/**
 * Where the credentials come from: the settings, a profile file, the environment.
 *
 * @module
 */

import { type Secrets, type SettingValues, TargetError } from "../../core/extend/mod.ts";
import { profileValues } from "./profile_file.ts";

/** What requests are signed with. */
export interface S3Credentials {
  /** The name of the key. */
  readonly accessKeyId: string;
  /** The key. */
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string | undefined;
}

/** Where to look. */
export interface CredentialSources {
  readonly settings: SettingValues;
  readonly secrets: Secrets;
}

/** The names in the environment that Amazon's own programs read. */
const environmentNames = {
  accessKeyId: "AWS_ACCESS_KEY_ID",
  secretAccessKey: "AWS_SECRET_ACCESS_KEY",
  sessionToken: "AWS_SESSION_TOKEN",
} as const;

/** The names in a profile file. */
const profileNames = {
  accessKeyId: "aws_access_key_id",
  secretAccessKey: "aws_secret_access_key",
  sessionToken: "aws_session_token",
} as const;

/**
 * The credentials of the first place that has them: the target's own secrets, its
 * profile file, the environment (asked for as secrets by their usual names).
 * Throws `denied` where there are none. Needs `--allow-read` for a profile file.
 */
export async function findCredentials(
  { settings, secrets }: CredentialSources,
): Promise<S3Credentials> {
  const own = await complete(async (name) => {
    const setting = settings[name];
    return typeof setting === "string" ? setting : await secrets.get(name);
  });
  if (own !== undefined) return own;
  const { credentialsFile, profile = "default" } = settings;
  if (typeof credentialsFile === "string" && typeof profile === "string") {
    const values = await profileValues(credentialsFile, profile);
    const found = await complete((name) => Promise.resolve(values.get(profileNames[name])));
    if (found !== undefined) return found;
    throw new TargetError(
      "denied",
      `Cannot sign in to S3: the profile "${profile}" in "${credentialsFile}" holds no keys`,
      { hint: "Give it aws_access_key_id and aws_secret_access_key, or name another profile." },
    );
  }
  const environment = await complete((name) => secrets.get(environmentNames[name]));
  if (environment !== undefined) return environment;
  throw new TargetError("denied", "Cannot sign in to S3: there are no credentials", {
    hint: "Set accessKeyId and secretAccessKey, a credentialsFile, or AWS_ACCESS_KEY_ID and " +
      "AWS_SECRET_ACCESS_KEY.",
  });
}

/** The credentials of one place, where it has both keys. */
async function complete(
  find: (name: keyof typeof environmentNames) => Promise<string | undefined>,
): Promise<S3Credentials | undefined> {
  const accessKeyId = await find("accessKeyId");
  const secretAccessKey = await find("secretAccessKey");
  if (!accessKeyId || !secretAccessKey) return undefined;
  const sessionToken = await find("sessionToken");
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
