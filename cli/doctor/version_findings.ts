/**
 * Whether Deno and its SQLite are new enough.
 *
 * @module
 */

import type { Finding, Probe } from "./finding.ts";

/** `node:sqlite` has its authorizer and its defensive mode from here on. */
const DENO = "2.9.0";

/**
 * Before, two connections in WAL mode could damage a database in rare cases
 * (https://www.sqlite.org/wal.html#walresetbug).
 */
const SQLITE = "3.51.3";

/** Looks at both versions. */
export function versionFindings({ versions, standalone }: Probe): Finding[] {
  const hint = standalone
    ? "Get a newer holdfast: this one brings its own Deno."
    : "deno upgrade, or: npx -y deno@2.9.6";
  const finding = (name: string, found: string, wanted: string): Finding => {
    const isEnough = compareVersions(found, wanted) >= 0;
    const use = `at least ${wanted}`;
    return { name, status: isEnough ? "ok" : "missing", found, use, ...!isEnough && { hint } };
  };
  return [
    finding("Deno", versions.deno, DENO),
    finding("SQLite", versions.sqlite, SQLITE),
  ];
}

/** Below zero where `a` is the older one; what follows the numbers does not count. */
export function compareVersions(a: string, b: string): number {
  const numbers = (version: string): number[] => version.split(/[.+-]/).slice(0, 3).map(Number);
  const [left, right] = [numbers(a), numbers(b)];
  for (const index of [0, 1, 2]) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
