import { equal, rejects } from "node:assert/strict";
import { bytesBody } from "../../core/extend/mod.ts";
import { faultProxy } from "../../tests/support/fault_proxy.ts";
import { pluginContext } from "../../tests/support/plugin_context.ts";
import { requireProgram } from "../../tests/support/require_program.ts";
import { sshdServer } from "../../tests/support/sshd_server.ts";
import { readSftpSettings } from "./sftp_settings.ts";
import { sftpTarget } from "./sftp_target.ts";

const { signal } = new AbortController();

for (const ciphers of ["aes128-gcm@openssh.com", "aes256-ctr"]) {
  const name = `freeCiphers leaves no cipher open after a cut inside a packet, with ${ciphers}`;
  Deno.test({
    ...requireProgram(["sshd", "ssh-keygen"], name),
    async fn(): Promise<void> {
      await using server = await sshdServer({ config: [`Ciphers ${ciphers}`] });
      await using proxy = faultProxy(server.port);
      const { host, user, folder, hostKey, privateKey } = server;
      const settings = { host, port: proxy.port, user, path: folder, hostKey, privateKey };
      const target = sftpTarget(() => readSftpSettings(pluginContext(settings)));
      try {
        await target.put("a.db", bytesBody(new Uint8Array(3_000_000)), { signal });
        // Packets of a download are 32 KiB: this one has begun and has not ended.
        proxy.arm({ way: "to_client", afterBytes: 1_000_123, fault: "cut" });
        const reading = new Response(await target.get("a.db", { signal })).bytes();
        await rejects(reading, { name: "TargetError", kind: "unavailable" });
        equal(proxy.cuts, 1);
      } finally {
        await target.close?.();
      }
    },
  });
}
