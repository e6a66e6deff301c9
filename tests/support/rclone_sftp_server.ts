/**
 * The SFTP server of rclone on loopback: another make than OpenSSH's, with
 * passwords of its own and fewer extensions.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { killTree } from "./kill_tree.ts";
import { freePort, waitForPort } from "./loopback_port.ts";
import { tempDir } from "./temp_dir.ts";

/** A running server. */
export interface RcloneSftpServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** `SHA256:…` of its host key. */
  readonly hostKey: string;
  /** The folder that it shows as `/`. */
  readonly folder: string;
}

/** Starts a server. Needs `rclone` and `ssh-keygen`. */
export async function rcloneSftpServer(): Promise<RcloneSftpServer> {
  const dir = await tempDir();
  const key = dir.join("key");
  const made = await new Deno.Command("ssh-keygen", {
    args: ["-q", "-t", "ed25519", "-N", "", "-f", key],
    stdin: "null",
  }).output();
  if (!made.success) throw new Error("ssh-keygen failed");
  const blob = (await Deno.readTextFile(`${key}.pub`)).split(" ")[1] ?? "";
  const digest = createHash("sha256").update(Uint8Array.fromBase64(blob)).digest("base64");
  const [user, password, port, folder] = ["ann", "open sesame", freePort(), dir.join("copies")];
  await Deno.mkdir(folder);
  const cache = ["--vfs-cache-mode=writes", `--cache-dir=${dir.join("cache")}`];
  const fresh = ["--vfs-write-back=0", "--dir-cache-time=0"];
  const process = new Deno.Command("rclone", {
    args: [
      "serve",
      "sftp",
      "--addr",
      `127.0.0.1:${port}`,
      "--key",
      key,
      ...cache,
      ...fresh,
      folder,
    ],
    env: { RCLONE_USER: user, RCLONE_PASS: password },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  await waitForPort(port, "rclone");
  return {
    host: "127.0.0.1",
    port,
    user,
    password,
    hostKey: `SHA256:${digest.replace(/=+$/, "")}`,
    folder,
    async [Symbol.asyncDispose](): Promise<void> {
      await killTree(process);
      await dir[Symbol.asyncDispose]();
    },
  };
}
