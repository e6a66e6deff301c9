/**
 * Whether Deno gives the program what its work needs.
 *
 * @module
 */

import type { Finding, Probe } from "./finding.ts";

/** A permission, what needs it, and whether some work goes on without it. */
interface Wanted {
  readonly name: string;
  readonly kind?: string | undefined;
  readonly use: string;
  readonly optional?: boolean | undefined;
}

const all: readonly Wanted[] = [
  { name: "read", use: "databases, backups, the configuration" },
  { name: "write", use: "backups, restores" },
  { name: "run", use: "the engine process, the copy program, hooks" },
  { name: "env", use: "HOME, HOLDFAST_*, secrets; the terminal UI" },
  { name: "net", use: "targets and notifiers on the network", optional: true },
  { name: "sys", kind: "hostname", use: "whose run holds a lock" },
  { name: "sys", kind: "uid", use: "refusing a configuration of another user" },
  { name: "sys", kind: "gid", use: "the user's name in the log", optional: true },
  { name: "sys", kind: "username", use: "the user's name in the log", optional: true },
  { name: "sys", kind: "statfs", use: "free space before a backup", optional: true },
];

/** Asks for each; the single binary has those that it was made with. */
export async function permissionFindings(probe: Probe): Promise<Finding[]> {
  return await Promise.all(all.map((wanted) => findingOf(probe, wanted)));
}

async function findingOf(probe: Probe, { name, kind, use, optional }: Wanted): Promise<Finding> {
  const held = await probe.permission(name, kind);
  const flag = `--allow-${name}${kind === undefined ? "" : `=${kind}`}`;
  const about = { name: flag, use };
  if (held === "granted") return { ...about, status: "ok", found: "granted" };
  if (held === "partial") {
    const hint = `Deno allows some of it only: enough if it names all that is used, else ${flag}.`;
    return { ...about, status: "optional", found: "in part", hint };
  }
  const hint = probe.standalone
    ? "Make the binary anew: deno task compile."
    : `Start Deno with ${flag}, or -A; an installed command: install it anew with it.`;
  return { ...about, status: optional === true ? "optional" : "missing", found: "denied", hint };
}
