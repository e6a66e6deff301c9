/**
 * The settings of an rclone target.
 *
 * @module
 */

import { type PluginContext, type Setting, TargetError } from "../../core/extend/mod.ts";

/** A remote of rclone's configuration, or one made up on the spot: `:local:/folder`. */
const plainRemote = /^:?[\w.+@-]([\w.+@ -]*[\w.+@-])?:[^]*$/;

/** What is wrong with any other. */
function notARemote(text: string): string {
  return `"${text}" is not of the form name:path`;
}

/** The settings as data. */
export const rcloneSettings: readonly Setting[] = [
  {
    name: "remote",
    kind: "text",
    required: true,
    help: "Where the copies lie, as rclone writes it: name:path.",
    problem: (text) => plainRemote.test(text) ? undefined : notARemote(text),
  },
  { name: "config", kind: "path", help: "rclone's configuration file; its own by default." },
  { name: "program", kind: "text", default: "rclone", help: "The program: its name or its path." },
  {
    name: "options",
    kind: "list",
    help: "Options of the remote beside its configuration, as key=value: type=webdav.",
  },
  {
    name: "secretOptions",
    kind: "text",
    secret: true,
    help: "Secret options of the remote, key=value, one a line; passwords in plain.",
  },
  { name: "configPassword", kind: "text", secret: true, help: "Password of the configuration." },
  {
    name: "downloadCheck",
    kind: "boolean",
    default: false,
    help: "Read each copy back where the remote knows no hash (crypt).",
  },
  {
    name: "timeout",
    kind: "number",
    default: 60,
    min: 1,
    max: 3600,
    help: "Seconds that the remote may be silent.",
  },
];

/** The settings, read. */
export interface RcloneSettings {
  readonly remote: string;
  readonly program: string;
  readonly config: string | undefined;
  readonly downloadCheck: boolean;
  readonly timeoutSeconds: number;
  readonly configPassword: string | undefined;
  /** Options of the remote by name, not secret. */
  readonly options: ReadonlyMap<string, string>;
  /** Secret options of the remote by name. */
  readonly secretOptions: ReadonlyMap<string, string>;
}

/** Reads the settings and the secrets. Throws `invalid` by the name of the setting. */
export async function readRcloneSettings(context: PluginContext): Promise<RcloneSettings> {
  const { settings, secrets } = context;
  const text = (name: string): string | undefined => {
    const value = settings[name];
    return value === undefined || value === "" ? undefined : String(value);
  };
  const list = settings.options;
  const lines = (await secrets.get("secretOptions") ?? "").split(/\r?\n/);
  const options = readOptions(Array.isArray(list) ? list.map(String) : [], "options");
  const secretOptions = readOptions(lines.filter((line) => line.trim() !== ""), "secretOptions");
  return {
    remote: readRemote(text("remote"), options.size + secretOptions.size > 0),
    program: text("program") ?? "rclone",
    config: text("config"),
    downloadCheck: settings.downloadCheck === true,
    timeoutSeconds: Number(text("timeout") ?? 60),
    configPassword: await secrets.get("configPassword"),
    options,
    secretOptions,
  };
}

/** Checks the remote: `name:path`; options in it would show in the list of processes. */
function readRemote(remote: string | undefined, isNamed: boolean): string {
  const form = isNamed ? /^[\w-]+:[^]*$/ : plainRemote;
  if (remote !== undefined && form.test(remote)) return remote;
  throw invalid("remote", notARemote(remote ?? ""), {
    hint: "`rclone listremotes` shows the names. Options go into `options`, secrets into " +
      "`secretOptions`; with them the name has letters, digits, _ and - only.",
  });
}

/** Reads `key=value`; a secret is not shown. */
function readOptions(lines: readonly string[], name: string): Map<string, string> {
  return new Map(lines.map((line, at) => {
    const found = /^\s*([A-Za-z][\w-]*)\s*=([^]*)$/.exec(line);
    if (found?.[1] !== undefined && found[2] !== undefined) return [found[1], found[2].trim()];
    throw invalid(name, `entry ${at + 1} is not of the form key=value`, {
      hint: "Write each as rclone's configuration does: host=example.org.",
    });
  }));
}

/** The error for a setting that cannot work. */
function invalid(name: string, what: string, options: { readonly hint: string }): TargetError {
  return new TargetError("invalid", `Cannot use the setting "${name}": ${what}`, options);
}
