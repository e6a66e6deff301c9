/**
 * The version that comes next, by semantic version.
 *
 * @module
 * @see https://semver.org/spec/v2.0.0.html
 */

/** What changed: a repair, something new, something that breaks a user. */
export const levels = ["patch", "minor", "major"] as const;

/**
 * The next version: a step from the present one, or one that is named.
 *
 * @throws {Error} where it is none, or goes back.
 */
export function nextVersion(present: string, wanted: string): string {
  const [major = 0, minor = 0, patch = 0] = numbersOf(present);
  if (wanted === "patch") return `${major}.${minor}.${patch + 1}`;
  if (wanted === "minor") return `${major}.${minor + 1}.0`;
  if (wanted === "major") return `${major + 1}.0.0`;
  const named = numbersOf(wanted);
  const difference =
    [0, 1, 2].map((index) => (named[index] ?? 0) - ([major, minor, patch][index] ?? 0)).find((
      each,
    ) => each !== 0) ?? 0;
  // The same one is for the first release: its tag is not there yet.
  if (difference < 0) throw new Error(`Cannot release ${wanted}: it is older than ${present}`);
  return wanted;
}

function numbersOf(version: string): number[] {
  const match = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(version);
  if (match !== null) return match.slice(1).map(Number);
  throw new Error(`Cannot release "${version}": wanted is ${levels.join(", ")} or 1.2.3`);
}
