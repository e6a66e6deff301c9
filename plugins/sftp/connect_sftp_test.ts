import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { bytesBody, type ConnectUi } from "../../core/extend/mod.ts";
import { pluginContext } from "../../tests/support/plugin_context.ts";
import { requireProgram } from "../../tests/support/require_program.ts";
import { type SshdServer, sshdServer } from "../../tests/support/sshd_server.ts";
import sftp from "./mod.ts";

const needs = ["sshd", "ssh-keygen"];

/** A person who answers, and what was said. */
function person(answer: string): { readonly ui: ConnectUi; readonly said: string[] } {
  const said: string[] = [];
  return {
    said,
    ui: {
      say: (message) => void said.push(message),
      visit: () => Promise.resolve(),
      ask: (question) => {
        said.push(question);
        return Promise.resolve(answer);
      },
    },
  };
}

/** The settings for the server, without its key. */
function settingsFor({ host, port, user, folder, privateKey }: SshdServer) {
  return { host, port, user, path: folder, privateKey };
}

Deno.test({
  ...requireProgram(needs, "connectSftp keeps the key that the person trusts"),
  async fn(): Promise<void> {
    await using server = await sshdServer();
    const kind = sftp.targets?.sftp;
    ok(kind?.connect && kind.disconnect);
    const state = new Map<string, string>();
    const context = pluginContext(settingsFor(server), { state });

    const doubtful = person("");
    await rejects(kind.connect(context, doubtful.ui), { name: "TargetError", kind: "denied" });
    equal(state.size, 0);
    ok(doubtful.said.join().includes(server.hostKey));

    await kind.connect(context, person("yes").ui);
    deepEqual([...state], [["hostKey", server.hostKey]]);
    const { signal } = context;
    const target = await kind.create(context);
    await target.put("a.db", bytesBody(new Uint8Array(5)), { signal });
    await target.close?.();

    // The same key is not asked about again; another one is, beside the old one.
    const again = person("");
    await kind.connect(context, again.ui);
    equal(again.said.length, 1);
    const old = server.hostKey;
    await server.kill();
    await server.start({ newHostKey: true });
    const changed = person("yes");
    await kind.connect(context, changed.ui);
    ok(changed.said.join().includes(old) && changed.said.join().includes(server.hostKey));
    equal(state.get("hostKey"), server.hostKey);

    await kind.disconnect(context);
    equal(state.size, 0);
  },
});

Deno.test({
  ...requireProgram(
    needs,
    "connectSftp keeps no key where the login fails, and asks for none in the settings",
  ),
  async fn(): Promise<void> {
    await using server = await sshdServer();
    const kind = sftp.targets?.sftp;
    ok(kind?.connect);
    const state = new Map<string, string>();
    const settings = settingsFor(server);
    const strange = { ...settings, privateKey: server.strangeKey };
    const { ui } = person("yes");
    await rejects(kind.connect(pluginContext(strange, { state }), ui), { kind: "denied" });
    const pinned = { ...settings, hostKey: server.hostKey };
    const quiet = person("");
    await kind.connect(pluginContext(pinned, { state }), quiet.ui);
    equal(quiet.said.length, 1);
    equal(state.size, 0);
  },
});
