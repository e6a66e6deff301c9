/**
 * OpenSSH's own server on loopback, with keys and a configuration of its own.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { userInfo } from "node:os";
import { freePort, waitForPort } from "./loopback_port.ts";
import { killTree } from "./kill_tree.ts";
import { tempDir } from "./temp_dir.ts";

/** What {@linkcode sshdServer} is given. */
export interface SshdOptions {
  /** Lines that come first in its configuration, so that they win. */
  readonly config?: readonly string[] | undefined;
}

/** A running server. */
export interface SshdServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** The only user that may sign in: who runs the tests. */
  readonly user: string;
  /** `SHA256:…` of its host key. */
  readonly hostKey: string;
  /** File with the private key that it accepts. */
  readonly privateKey: string;
  /** The same key, encrypted with the passphrase `open sesame`. */
  readonly lockedKey: string;
  /** A private key that it does not accept. */
  readonly strangeKey: string;
  /** A folder for the copies. */
  readonly folder: string;
  /** Kills it with every connection, at once. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with another host key where asked. */
  start(options?: { readonly newHostKey?: boolean }): Promise<void>;
}

/** Starts a server. Needs `openssh-server` and, as root, makes `/run/sshd`. */
export async function sshdServer(options: SshdOptions = {}): Promise<SshdServer> {
  const dir = await tempDir();
  const port = freePort();
  let process: Deno.ChildProcess | undefined;
  let hostKey = await makeKey(dir.join("host"));
  const accepted = await makeKey(dir.join("user"));
  await Deno.copyFile(dir.join("user"), dir.join("locked"));
  await Deno.chmod(dir.join("locked"), 0o600);
  await sshKeygen("-p", "-N", "open sesame", "-f", dir.join("locked"));
  await makeKey(dir.join("strange"));
  await Deno.writeTextFile(dir.join("authorized_keys"), accepted.line);
  await Deno.mkdir(dir.join("copies"));
  // Where root runs it, sshd insists on this folder.
  if (Deno.uid() === 0) await Deno.mkdir("/run/sshd", { recursive: true, mode: 0o755 });
  const kill = async (): Promise<void> => {
    if (process !== undefined) await killTree(process);
    process = undefined;
  };
  const start: SshdServer["start"] = async ({ newHostKey = false } = {}) => {
    if (newHostKey) hostKey = await makeKey(dir.join(`host-${crypto.randomUUID()}`));
    const authorized = dir.join("authorized_keys");
    const lines = configLines({ port, hostKey: hostKey.path, authorized });
    await Deno.writeTextFile(dir.join("config"), [...options.config ?? [], ...lines].join("\n"));
    process = new Deno.Command("/usr/sbin/sshd", {
      args: ["-D", "-f", dir.join("config"), "-E", dir.join("log")],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    await waitForPort(port, "sshd");
  };
  await start();
  return {
    host: "127.0.0.1",
    port,
    user: userInfo().username,
    get hostKey(): string {
      return hostKey.fingerprint;
    },
    privateKey: dir.join("user"),
    lockedKey: dir.join("locked"),
    strangeKey: dir.join("strange"),
    folder: dir.join("copies"),
    kill,
    start,
    async [Symbol.asyncDispose](): Promise<void> {
      await kill();
      await dir[Symbol.asyncDispose]();
    },
  };
}

/** The configuration of the server. */
function configLines({ port, hostKey, authorized }: {
  readonly port: number;
  readonly hostKey: string;
  readonly authorized: string;
}): string[] {
  return [
    `ListenAddress 127.0.0.1:${port}`,
    `HostKey ${hostKey}`,
    `AuthorizedKeysFile ${authorized}`,
    ...["PidFile none", "StrictModes no", "UsePAM no", "PermitRootLogin prohibit-password"],
    ...["PasswordAuthentication no", "KbdInteractiveAuthentication no", "MaxStartups 100"],
    "Subsystem sftp internal-sftp",
  ];
}

/** A key pair. */
interface KeyPair {
  readonly path: string;
  /** The public key as a line for `authorized_keys`. */
  readonly line: string;
  readonly fingerprint: string;
}

/** Makes a key pair. */
async function makeKey(path: string): Promise<KeyPair> {
  await sshKeygen("-t", "ed25519", "-N", "", "-C", "test", "-f", path);
  const line = await Deno.readTextFile(`${path}.pub`);
  const blob = Uint8Array.fromBase64(line.split(" ")[1] ?? "");
  const hash = createHash("sha256").update(blob).digest("base64");
  return { path, line, fingerprint: `SHA256:${hash.replace(/=+$/, "")}` };
}

/** Runs `ssh-keygen`. */
async function sshKeygen(...args: readonly string[]): Promise<void> {
  const command = new Deno.Command("ssh-keygen", { args: ["-q", ...args], stdin: "null" });
  const { success, stderr } = await command.output();
  if (!success) throw new Error(`ssh-keygen failed: ${new TextDecoder().decode(stderr)}`);
}
