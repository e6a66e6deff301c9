/**
 * Whether the folders can be written that holdfast keeps something in.
 *
 * @module
 */

import type { Finding, Probe } from "./finding.ts";

/** Where it keeps what; `undefined` where the environment tells of no home. */
export interface Folders {
  readonly configuration: string | undefined;
  readonly state: string | undefined;
  readonly temporary: string | undefined;
}

/** Tries each. */
export async function folderFindings(probe: Probe, folders: Folders): Promise<Finding[]> {
  const { configuration, state, temporary } = folders;
  return [
    await findingOf(probe, configuration, {
      name: "configuration folder",
      use: "settings that hold in every folder",
      optional: true,
      variable: "XDG_CONFIG_HOME",
    }),
    await findingOf(probe, state, {
      name: "state folder",
      use: "secrets and sign-ins of targets",
      variable: "XDG_STATE_HOME",
    }),
    await findingOf(probe, temporary, {
      name: "temporary folder",
      use: "looking into copies that lie elsewhere",
      optional: true,
      variable: "TMPDIR",
    }),
  ];
}

async function findingOf(
  probe: Probe,
  folder: string | undefined,
  { name, use, optional, variable }: {
    readonly name: string;
    readonly use: string;
    readonly optional?: boolean;
    readonly variable: string;
  },
): Promise<Finding> {
  const reason = folder === undefined
    ? "the environment tells of no home"
    : await probe.unwritable(folder);
  if (reason === undefined) return { name, status: "ok", found: folder ?? "", use };
  const found = folder === undefined ? reason : `${folder}: ${reason}`;
  const home = probe.os === "windows" ? "" : `, or set ${variable}`;
  const hint = folder === undefined ? `Set HOME${home}.` : `Make it writable for you${home}.`;
  return { name, status: optional === true ? "optional" : "missing", found, use, hint };
}
