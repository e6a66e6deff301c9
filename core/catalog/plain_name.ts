/**
 * Which names a backup may have in its directory.
 *
 * @module
 */

/**
 * Whether a text is the name of a file in the backup directory and no file of the
 * directory itself. A catalog or a manifest may come from elsewhere: a name must not lead
 * out of the directory.
 */
export function isPlainName(value: unknown): value is string {
  return typeof value === "string" && value !== "" && !value.startsWith(".") &&
    // deno-lint-ignore no-control-regex -- names with control characters are refused
    !/[/\\:\u0000-\u001f]/.test(value) &&
    !value.startsWith("catalog.db") && value !== "backup_manifest.json";
}
