/**
 * The settings of an SFTP target.
 *
 * @module
 */

import { type PluginContext, type Setting, TargetError } from "../../core/extend/mod.ts";
import { fingerprintProblem, hostKeyState, parseFingerprint } from "./host_key.ts";

/** The settings as data. */
export const sftpSettings: readonly Setting[] = [
  { name: "host", kind: "text", required: true, help: "Name or address of the server." },
  { name: "port", kind: "number", default: 22, min: 1, max: 65_535, help: "Port of the server." },
  { name: "user", kind: "text", required: true, help: "Who signs in." },
  {
    name: "path",
    kind: "text",
    default: ".",
    help: "Folder on the server that holds the copies; a relative one begins at the home.",
  },
  {
    name: "hostKey",
    kind: "text",
    help: "Fingerprint of the server's key (SHA256:…); without it, the key trusted on connect.",
    problem: fingerprintProblem,
  },
  { name: "password", kind: "text", secret: true, help: "Password of the user." },
  { name: "privateKey", kind: "path", help: "File with the private key of the user." },
  { name: "passphrase", kind: "text", secret: true, help: "Passphrase of the private key." },
  { name: "agent", kind: "path", help: "Socket of an SSH agent, as in SSH_AUTH_SOCK." },
  {
    name: "timeout",
    kind: "number",
    default: 60,
    min: 1,
    max: 3600,
    help: "Seconds that the server may be silent.",
  },
];

/** The settings, read. */
export interface SftpSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Without a slash at its end. */
  readonly path: string;
  /** The fingerprint to trust; `undefined` where none is known yet. */
  readonly hostKey: string | undefined;
  readonly password: string | undefined;
  /** Text of the private key. */
  readonly privateKey: string | undefined;
  readonly passphrase: string | undefined;
  readonly agent: string | undefined;
  readonly timeoutSeconds: number;
}

/**
 * Reads the settings, the secrets, the key file and the trusted host key.
 * Throws `invalid` or `denied`. Needs `--allow-read` for the key file.
 */
export async function readSftpSettings(context: PluginContext): Promise<SftpSettings> {
  const { settings, secrets, state } = context;
  const text = (name: string): string | undefined => {
    const value = settings[name];
    return value === undefined || value === "" ? undefined : String(value);
  };
  const keyFile = text("privateKey");
  const trusted = text("hostKey") ?? await state.get(hostKeyState);
  return {
    host: required(text("host"), "host"),
    port: Number(text("port") ?? 22),
    user: required(text("user"), "user"),
    path: (text("path") ?? ".").replace(/(.)\/+$/, "$1"),
    hostKey: trusted === undefined ? undefined : parseFingerprint(trusted),
    password: await secrets.get("password"),
    privateKey: keyFile === undefined ? undefined : await readKeyFile(keyFile),
    passphrase: await secrets.get("passphrase"),
    agent: text("agent"),
    timeoutSeconds: Number(text("timeout") ?? 60),
  };
}

/** The value, or `invalid` by its name. */
function required(value: string | undefined, name: string): string {
  if (value !== undefined) return value;
  throw new TargetError("invalid", `Cannot use the SFTP target: the setting "${name}" is missing`, {
    hint: `Set "${name}".`,
  });
}

/** The text of the key file; throws `denied` where it cannot be read. */
async function readKeyFile(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    throw new TargetError("denied", `Cannot read the private key "${path}"`, {
      hint: "Check the setting `privateKey` and the mode of the file.",
      cause,
    });
  }
}
