/**
 * The changelog of a release: what was unreleased gets its version.
 *
 * @module
 */

const head = "## Unreleased\n";

/**
 * Gives the unreleased section a version and a date, and opens a new, empty one.
 *
 * @throws {Error} where nothing is unreleased.
 */
export function cutChangelog(
  text: string,
  { version, date }: { readonly version: string; readonly date: string },
): string {
  const at = text.indexOf(head);
  const rest = text.slice(at + head.length);
  const section = rest.split(/^## /m)[0] ?? "";
  if (at < 0 || section.trim() === "") {
    throw new Error("Cannot release: CHANGELOG.md has nothing under Unreleased");
  }
  return `${text.slice(0, at)}${head}\n## ${version}, ${date}\n${rest}`;
}
