/**
 * The profile file of Amazon's programs: `~/.aws/credentials`.
 *
 * @module
 */

import { TargetError } from "../../core/extend/mod.ts";

/**
 * The values of one profile. Throws `invalid` where the file cannot be read.
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export async function profileValues(
  path: string,
  profile: string,
): Promise<ReadonlyMap<string, string>> {
  return readProfile(await readFile(path), profile);
}

/** The values of one profile in the text of a file. */
export function readProfile(text: string, profile: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let inside = false;
  for (const line of text.split(/\r?\n/)) {
    const section = line.match(/^\s*\[\s*(?:profile\s+)?([^\]]*?)\s*\]/)?.[1];
    if (section !== undefined) inside = section === profile;
    else if (inside && !/^\s*[#;]/.test(line)) {
      const at = line.indexOf("=");
      if (at > 0) values.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
    }
  }
  return values;
}

/** The text of the file. */
async function readFile(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    throw new TargetError("invalid", `Cannot read the credentials file "${path}"`, {
      hint: "Check credentialsFile in the target's settings, and who may read the file.",
      cause,
    });
  }
}
