import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { bytesBody, deadlineTarget, type Target } from "../../core/extend/mod.ts";
import { type CuttingProxy, cuttingProxy } from "../../tests/support/cutting_proxy.ts";
import { pluginContext } from "../../tests/support/plugin_context.ts";
import { requireProgram } from "../../tests/support/require_program.ts";
import { smallDisk } from "../../tests/support/small_disk.ts";
import { type SshdServer, sshdServer } from "../../tests/support/sshd_server.ts";
import { readSftpSettings } from "./sftp_settings.ts";
import { sftpTarget } from "./sftp_target.ts";
import {
  bytesOf as read,
  keysOf as keys,
  randomBytes as random,
} from "../../tests/support/target_content.ts";

const needs = ["sshd", "ssh-keygen"];
const { signal } = new AbortController();

/** A target on the server, closed at the end. */
function targetOn(
  server: SshdServer,
  settings: Record<string, string | number> = {},
  secrets: Record<string, string> = {},
): Target & AsyncDisposable {
  const { host, port, user, folder, hostKey, privateKey } = server;
  const all = { host, port, user, path: folder, hostKey, privateKey, ...settings };
  const target = sftpTarget(() => readSftpSettings(pluginContext(all, { secrets })));
  return Object.assign(target, { [Symbol.asyncDispose]: async () => await target.close?.() });
}

/** A target by way of the proxy. */
function targetBehind(server: SshdServer, proxy: CuttingProxy): Target & AsyncDisposable {
  return targetOn(server, { host: proxy.host, port: proxy.port });
}

Deno.test({
  ...requireProgram(needs, "sftpTarget goes on after the connection was cut in an upload"),
  async fn(): Promise<void> {
    await using server = await sshdServer();
    await using proxy = cuttingProxy({ port: server.port });
    await using target = targetBehind(server, proxy);
    const old = random(10);
    await target.put("a.db", bytesBody(old), { signal });
    const bytes = random(20_000_000);
    proxy.cutAfter(11_000_000);
    const cut = target.put("a.db", bytesBody(bytes), { signal });
    await rejects(cut, { name: "TargetError", kind: "unavailable" });
    proxy.cutAfter(undefined);
    deepEqual(await read(target, "a.db"), old);
    deepEqual(await keys(target), ["a.db"]);
    const told: number[] = [];
    await target.put("a.db", bytesBody(bytes), { signal, onProgress: (done) => told.push(done) });
    const first = told.find((done) => done > 0) ?? 0;
    ok(first > 1_000_000, `began at ${first}`);
    deepEqual(await read(target, "a.db"), bytes);
  },
});

Deno.test({
  ...requireProgram(needs, "sftpTarget reads on after the connection was cut in a download"),
  async fn(): Promise<void> {
    await using server = await sshdServer();
    await using proxy = cuttingProxy({ port: server.port });
    await using target = targetBehind(server, proxy);
    // More than what all the buffers on the way can hold.
    const bytes = random(60_000_000);
    await target.put("a.db", bytesBody(bytes), { signal });
    const found: Uint8Array<ArrayBuffer>[] = [];
    let count = 0;
    const reading = async (): Promise<void> => {
      for await (const chunk of await target.get("a.db", { signal })) {
        found.push(chunk);
        count += chunk.length;
        if (count > 1_000_000) proxy.cut();
      }
    };
    await rejects(reading(), { name: "TargetError", kind: "unavailable" });
    ok(count < bytes.length);
    const rest = await target.get("a.db", { signal, offset: count });
    deepEqual(await new Blob([...found, await new Response(rest).bytes()]).bytes(), bytes);
  },
});

Deno.test({
  ...requireProgram(needs, "sftpTarget goes on after the server was killed and started again"),
  async fn(): Promise<void> {
    await using server = await sshdServer();
    await using target = targetOn(server);
    const bytes = random(20_000_000);
    let killed: Promise<void> | undefined;
    const onProgress = (done: number): void => {
      if (done > 2_000_000) killed ??= server.kill();
    };
    const broken = target.put("a.db", bytesBody(bytes), { signal, onProgress });
    await rejects(broken, { name: "TargetError", kind: "unavailable" });
    await killed;
    await rejects(target.stat("a.db", { signal }), { name: "TargetError", kind: "unavailable" });
    await server.start();
    deepEqual(await keys(target), []);
    await target.put("a.db", bytesBody(bytes), { signal });
    deepEqual(await read(target, "a.db"), bytes);
  },
});

Deno.test({
  ...requireProgram(needs, "sftpTarget tells denied for a key that the server does not accept"),
  async fn(): Promise<void> {
    await using server = await sshdServer();
    const wrong = [
      { settings: { privateKey: server.strangeKey } },
      { settings: { privateKey: `${server.folder}/none` } },
      { settings: { user: "nobody-of-that-name" } },
      { settings: { privateKey: server.lockedKey } },
      { settings: { privateKey: server.lockedKey }, secrets: { passphrase: "wrong" } },
      { settings: { privateKey: "" }, secrets: { password: "wrong password" } },
      { settings: { privateKey: "", agent: `${server.folder}/none` } },
    ];
    for (const { settings, secrets } of wrong) {
      await using target = targetOn(server, settings, secrets);
      await rejects(target.stat("a.db", { signal }), (error: Error) => {
        deepEqual([error.name, "kind" in error && error.kind], ["TargetError", "denied"]);
        ok("hint" in error && error.hint !== undefined);
        ok(!`${error.message} ${error.hint}`.includes("wrong"), "tells a secret");
        return true;
      });
    }
    await using target = targetOn(server, { privateKey: server.lockedKey }, {
      passphrase: "open sesame",
    });
    equal(await target.stat("a.db", { signal }), undefined);
  },
});

Deno.test({
  ...requireProgram(
    needs,
    "sftpTarget refuses a server whose key changed, and one never looked at",
  ),
  async fn(): Promise<void> {
    await using server = await sshdServer();
    await using target = targetOn(server);
    await target.put("a.db", bytesBody(random(5)), { signal });
    const trusted = server.hostKey;
    await server.kill();
    await server.start({ newHostKey: true });
    await rejects(target.stat("a.db", { signal }), (error: Error) => {
      ok("kind" in error && error.kind === "denied");
      ok(error.message.includes(trusted) && error.message.includes(server.hostKey));
      return true;
    });
    await using unknown = targetOn(server, { hostKey: "" });
    await rejects(unknown.stat("a.db", { signal }), { name: "TargetError", kind: "denied" });
    await using odd = targetOn(server, { hostKey: "SHA256:short" });
    await rejects(odd.stat("a.db", { signal }), { name: "TargetError", kind: "invalid" });
  },
});

Deno.test({
  ...requireProgram(needs, "sftpTarget tells denied for a folder without rights"),
  // Nothing is forbidden to root.
  ignore: Deno.uid() === 0 || requireProgram(needs, "").ignore,
  async fn(): Promise<void> {
    await using server = await sshdServer();
    await using target = targetOn(server);
    await Deno.chmod(server.folder, 0o500);
    const putting = target.put("a.db", bytesBody(random(5)), { signal });
    await rejects(putting, { name: "TargetError", kind: "denied" });
    await Deno.chmod(server.folder, 0o700);
    await target.put("a.db", bytesBody(random(5)), { signal });
  },
});

Deno.test({
  ...requireProgram(needs, "sftpTarget tells full, keeps the old object and leaves no part"),
  async fn(t): Promise<void> {
    await using disk = await smallDisk(2048);
    await t.step({
      name: "on a disk of 2 MiB, which needs the right to mount",
      ignore: disk === undefined,
      async fn(): Promise<void> {
        if (disk === undefined) return;
        await using server = await sshdServer();
        await using target = targetOn(server, { path: disk.path });
        const old = random(500_000);
        await target.put("a.db", bytesBody(old), { signal });
        const putting = target.put("a.db", bytesBody(random(3_000_000)), { signal });
        await rejects(putting, { name: "TargetError", kind: "full" });
        deepEqual(await read(target, "a.db"), old);
        deepEqual(await Array.fromAsync(Deno.readDir(disk.path), ({ name }) => name), ["a.db"]);
        const bytes = random(1_000_000);
        await target.put("b.db", bytesBody(bytes), { signal });
        deepEqual(await read(target, "b.db"), bytes);
      },
    });
  },
});

Deno.test({
  ...requireProgram(needs, "sftpTarget gives up on a server that never answers"),
  async fn(): Promise<void> {
    await using server = await sshdServer();
    await using proxy = cuttingProxy({ port: server.port });
    const settings = { host: proxy.host, port: proxy.port, timeout: 1 };
    // Long enough for a busy machine to sign in.
    await using target = targetOn(server, { ...settings, timeout: 5 });
    await target.put("a.db", bytesBody(random(5)), { signal });
    proxy.pause();
    await rejects(target.stat("a.db", { signal }), { name: "TargetError", kind: "unavailable" });
    await using mute = targetOn(server, settings);
    await rejects(mute.stat("a.db", { signal }), { name: "TargetError", kind: "unavailable" });
    await using patient = targetOn(server, { ...settings, timeout: 600 });
    await rejects(deadlineTarget(patient, { deadlineMs: 50 }).stat("a.db", { signal }), {
      name: "TargetError",
      kind: "unavailable",
    });
    await rejects(patient.stat("a.db", { signal: AbortSignal.timeout(50) }), {
      name: "TimeoutError",
    });
  },
});

Deno.test({
  ...requireProgram(needs, "sftpTarget tells unavailable where nothing listens, or something else"),
  async fn(): Promise<void> {
    await using server = await sshdServer();
    await server.kill();
    await using target = targetOn(server);
    await rejects(target.stat("a.db", { signal }), { name: "TargetError", kind: "unavailable" });
    await using web = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () => new Response("no SSH here"),
    );
    await using stranger = targetOn(server, { port: web.addr.port, timeout: 5 });
    await rejects(stranger.stat("a.db", { signal }), { name: "TargetError", kind: "unavailable" });
    await using nowhere = targetOn(server, { host: "no-such-host.invalid" });
    await rejects(nowhere.stat("a.db", { signal }), { name: "TargetError", kind: "unavailable" });
  },
});
