import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { bytesBody, type SettingValues, type Target } from "../../core/extend/mod.ts";
import { cuttingProxy } from "../../tests/support/cutting_proxy.ts";
import { freePort, waitForPort } from "../../tests/support/loopback_port.ts";
import { killTree } from "../../tests/support/kill_tree.ts";
import { pluginContext } from "../../tests/support/plugin_context.ts";
import { requireProgram } from "../../tests/support/require_program.ts";
import { smallDisk } from "../../tests/support/small_disk.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { readRcloneSettings } from "./rclone_settings.ts";
import { rcloneTarget } from "./rclone_target.ts";
import {
  bytesOf as read,
  keysOf as keys,
  randomBytes as random,
} from "../../tests/support/target_content.ts";

const { signal } = new AbortController();

/** A target with these settings, and without any configuration of this machine. */
function targetOn(settings: SettingValues, secrets: Record<string, string> = {}): Target {
  const all = { config: "/nonexistent/rclone.conf", ...settings };
  return rcloneTarget(() => readRcloneSettings(pluginContext(all, { secrets })));
}

/** A WebDAV server, started again on the same port as often as needed. */
async function webdavServer(folder: string, user: { name: string; password: string }) {
  const port = freePort();
  let process: Deno.ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    if (process !== undefined) await killTree(process);
    process = undefined;
  };
  const start = async (): Promise<void> => {
    process = new Deno.Command("rclone", {
      args: ["serve", "webdav", "--addr", `127.0.0.1:${port}`, folder],
      env: { RCLONE_USER: user.name, RCLONE_PASS: user.password },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    await waitForPort(port, "rclone");
  };
  await start();
  return { port, start, kill, [Symbol.asyncDispose]: kill };
}

/** The options for a WebDAV server. */
function webdavOptions(port: number): string[] {
  return ["type=webdav", "vendor=other", `url=http://127.0.0.1:${port}`, "user=ann"];
}

Deno.test({
  ...requireProgram(
    ["rclone"],
    "rcloneTarget shows nothing of an upload that was cut, and stores it the next time",
  ),
  async fn(): Promise<void> {
    await using dir = await tempDir();
    const user = { name: "ann", password: "open sesame" };
    await using server = await webdavServer(dir.path, user);
    await using proxy = cuttingProxy({ port: server.port });
    const secrets = { secretOptions: "pass=open sesame" };
    const target = targetOn({ remote: "dav:", options: webdavOptions(proxy.port) }, secrets);
    const old = random(10);
    await target.put("a.db", bytesBody(old), { signal });
    const bytes = random(3_000_000);
    proxy.cutAfter(1_000_000);
    const cut = target.put("a.db", bytesBody(bytes), { signal });
    await rejects(cut, { name: "TargetError", kind: "unavailable" });
    proxy.cutAfter(undefined);
    deepEqual(await keys(target), ["a.db"]);
    deepEqual(await read(target, "a.db"), old);

    await server.kill();
    await rejects(target.stat("a.db", { signal }), { name: "TargetError", kind: "unavailable" });
    await server.start();
    await target.put("a.db", bytesBody(bytes), { signal });
    deepEqual(await read(target, "a.db"), bytes);

    const wrong = targetOn({ remote: "dav:", options: webdavOptions(server.port) }, {
      secretOptions: "pass=another word",
    });
    await rejects(wrong.stat("a.db", { signal }), (error: Error) => {
      ok("kind" in error && error.kind === "denied", error.message);
      ok(!Deno.inspect(error).includes("another word"));
      return true;
    });
  },
});

Deno.test({
  ...requireProgram(["rclone"], "rcloneTarget gives up on a remote that never answers"),
  async fn(): Promise<void> {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const settings = { remote: "dav:", options: webdavOptions(listener.addr.port) };
    const deaf = targetOn({ ...settings, timeout: 1 });
    await rejects(deaf.stat("a.db", { signal }), { name: "TargetError", kind: "unavailable" });
    const patient = targetOn({ ...settings, timeout: 600 });
    const waiting = patient.stat("a.db", { signal: AbortSignal.timeout(500) });
    await rejects(waiting, { name: "TimeoutError" });
  },
});

Deno.test({
  ...requireProgram(["rclone"], "rcloneTarget tells full, keeps the old object and leaves no part"),
  async fn(t): Promise<void> {
    await using disk = await smallDisk(2048);
    await t.step({
      name: "on a disk of 2 MiB, which needs the right to mount",
      ignore: disk === undefined,
      async fn(): Promise<void> {
        if (disk === undefined) return;
        const target = targetOn({ remote: `:local:${disk.path}` });
        const old = random(500_000);
        await target.put("a.db", bytesBody(old), { signal });
        const putting = target.put("a.db", bytesBody(random(3_000_000)), { signal });
        await rejects(putting, { name: "TargetError", kind: "full" });
        deepEqual(await read(target, "a.db"), old);
        deepEqual(await Array.fromAsync(Deno.readDir(disk.path), ({ name }) => name), ["a.db"]);
        await target.put("b.db", bytesBody(random(1_000_000)), { signal });
      },
    });
  },
});

Deno.test({
  ...requireProgram(["rclone"], "rcloneTarget tells invalid for what can never work"),
  async fn(): Promise<void> {
    await using dir = await tempDir();
    const wrong: readonly SettingValues[] = [
      { remote: "no-such-remote:path" },
      { remote: "path" },
      { remote: ":sftp,pass=secret:path" },
      { remote: "dav:", options: ["nonsense"] },
      { remote: `:local:${dir.path}`, program: dir.join("none") },
    ];
    for (const settings of wrong) {
      await rejects(targetOn(settings).stat("a.db", { signal }), (error: Error) => {
        ok("kind" in error && error.kind === "invalid", `${settings.remote}: ${error.message}`);
        ok("hint" in error && error.hint !== undefined);
        return true;
      });
    }
  },
});

Deno.test({
  ...requireProgram(
    ["rclone"],
    "rcloneTarget kills its child when it is aborted, and stores it the next time",
  ),
  async fn(): Promise<void> {
    await using dir = await tempDir();
    const target = targetOn({ remote: `:local:${dir.path}` });
    const abort = new AbortController();
    const bytes = random(3_000_000);
    const endless = {
      ...bytesBody(bytes),
      stream: () =>
        new ReadableStream<Uint8Array<ArrayBuffer>>({
          start: (controller) => controller.enqueue(bytes.slice(0, 2_000_000)),
          pull: () => new Promise<void>(() => {}),
        }),
    };
    const reason = new Error("enough");
    const putting = target.put("a.db", endless, {
      signal: abort.signal,
      onProgress: (done) => done > 0 && abort.abort(reason),
    });
    await rejects(putting, reason);
    deepEqual(await keys(target), []);
    await target.put("a.db", bytesBody(bytes), { signal });
    const names = await Array.fromAsync(Deno.readDir(dir.path), ({ name }) => name);
    deepEqual(names, ["a.db"]);
    const quota = await target.quota?.({ signal });
    ok((quota?.total ?? 0) > 0);
    equal((await target.stat("a.db", { signal }))?.size, bytes.length);
  },
});
