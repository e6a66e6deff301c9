import { equal, rejects } from "node:assert/strict";
import { killTree } from "../../tests/support/kill_tree.ts";
import { becomes } from "../../tests/support/patience.ts";
import { pluginContext } from "../../tests/support/plugin_context.ts";
import { rcloneSftpServer } from "../../tests/support/rclone_sftp_server.ts";
import { requireProgram } from "../../tests/support/require_program.ts";
import { sshdServer } from "../../tests/support/sshd_server.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { readSftpSettings } from "./sftp_settings.ts";
import { sftpTarget } from "./sftp_target.ts";

const { signal } = new AbortController();

/** Runs a program to its end. */
async function run(program: string, args: readonly string[], env = {}): Promise<void> {
  const { success } = await new Deno.Command(program, {
    args: [...args],
    env,
    stdin: "null",
    stderr: "null",
  }).output();
  equal(success, true, `${program} failed`);
}

Deno.test({
  ...requireProgram(["sshd", "ssh-keygen", "ssh-agent"], "sftpTarget signs in by an agent"),
  async fn(): Promise<void> {
    await using server = await sshdServer();
    await using dir = await tempDir();
    const agent = dir.join("agent");
    const process = new Deno.Command("ssh-agent", {
      args: ["-D", "-a", agent],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    try {
      await becomes("the agent listens", () => isThere(agent));
      const { host, port, user, folder, hostKey, privateKey } = server;
      const settings = { host, port, user, path: folder, hostKey, agent };
      const empty = sftpTarget(() => readSftpSettings(pluginContext(settings)));
      await rejects(empty.stat("a.db", { signal }), { name: "TargetError", kind: "denied" });
      await empty.close?.();
      await run("ssh-add", ["-q", privateKey], { SSH_AUTH_SOCK: agent });
      const target = sftpTarget(() => readSftpSettings(pluginContext(settings)));
      equal(await target.stat("a.db", { signal }), undefined);
      await target.close?.();
    } finally {
      await killTree(process);
    }
  },
});

Deno.test({
  ...requireProgram(["rclone", "ssh-keygen"], "sftpTarget signs in by a password"),
  async fn(): Promise<void> {
    // sshd asks the system for passwords, this server does not.
    await using server = await rcloneSftpServer();
    await Deno.writeTextFile(`${server.folder}/a.db`, "12345");
    const { host, port, user, hostKey } = server;
    const stat = async (password: string): Promise<number | undefined> => {
      const context = pluginContext({ host, port, user, hostKey }, { secrets: { password } });
      const target = sftpTarget(() => readSftpSettings(context));
      try {
        return (await target.stat("a.db", { signal }))?.size;
      } finally {
        await target.close?.();
      }
    };
    equal(await stat(server.password), 5);
    await rejects(stat("another word"), { name: "TargetError", kind: "denied" });
  },
});

/** Whether a file is there. */
async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return false;
    throw cause;
  }
}
