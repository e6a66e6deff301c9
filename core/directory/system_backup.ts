/**
 * Whether a backup directory is part of the system's own backups.
 *
 * @module
 */

import { join } from "node:path";
import { HoldfastError } from "../errors.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { readIfThere } from "../files/read_if_there.ts";
import type { OpenDirectory } from "./open_directory.ts";
import { asHoldfastError, type Report } from "../report.ts";

/** The file that backup programs know (bford.info/cachedir): tar, restic, borg and others. */
export const TAG_FILE = "CACHEDIR.TAG";

const tag = `Signature: 8a477f597d28d172789f06886806bc55
# This file was created by holdfast: "systemBackup" is off for this backup directory.
# For what it means see https://bford.info/cachedir/
`;

/** What Time Machine looks for, and its value as a binary property list: "com.apple.backupd". */
const attribute = "com.apple.metadata:com_apple_backup_excludeItem";
const value = "62706c69 73743030 5f101163 6f6d2e61 70706c65 2e626163 6b757064 08000000 " +
  "00000001 01000000 00000000 01000000 00000000 00000000 00000000 1c";

/**
 * Takes a backup directory out of the system's own backups, or back in: on macOS by the
 * attribute that Time Machine obeys, elsewhere by a `CACHEDIR.TAG`. Needs `--allow-write`,
 * and on macOS `--allow-run=xattr`.
 *
 * @throws {HoldfastError} `BACKUP_FAILED`, `PERMISSION_DENIED`.
 *
 * @example
 * ```ts
 * import { setSystemBackup } from "@holdfast/holdfast";
 *
 * const directory = await Deno.makeTempDir();
 * await setSystemBackup(directory, false); // its content is left out
 * await setSystemBackup(directory, true);
 * await Deno.remove(directory, { recursive: true });
 * ```
 */
export async function setSystemBackup(directory: string, included: boolean): Promise<void> {
  if (Deno.build.os === "darwin") return await setAttribute(directory, included);
  const path = join(directory, TAG_FILE);
  const ours = await readIfThere(path);
  if (!included && ours === undefined) await writeFileAtomic(path, tag, { mode: 0o644 });
  // Somebody else's tag stays.
  if (included && ours === tag) await Deno.remove(path);
}

/** Does so for a backup; what goes wrong is a warning. */
export async function applySystemBackup(
  included: boolean | undefined,
  { place }: OpenDirectory,
  report: Report,
): Promise<void> {
  if (included === undefined) return;
  try {
    await setSystemBackup(place.directory, included);
  } catch (error) {
    const { message, hint } = asHoldfastError(error, "BACKUP_FAILED");
    report.warn({ code: "SYSTEM_BACKUP", message, hint });
  }
}

async function setAttribute(directory: string, included: boolean): Promise<void> {
  const args = included
    ? ["-d", attribute, directory]
    : ["-w", "-x", attribute, value.replaceAll(" ", ""), directory];
  const command = new Deno.Command("xattr", { args, stdout: "null", stderr: "null" });
  const { success } = await command.output();
  // Taking away what is not there fails.
  if (success || included) return;
  throw new HoldfastError("BACKUP_FAILED", `Cannot exclude "${directory}" from Time Machine`, {
    hint: "Exclude it in the settings of Time Machine.",
  });
}
