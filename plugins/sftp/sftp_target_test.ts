import { deepEqual, equal, notEqual, ok, rejects } from "node:assert/strict";
import { bytesBody, keyPath, partPath, type Target } from "../../core/extend/mod.ts";
import { checkTarget } from "../../core/extend/testing.ts";
import { pluginContext } from "../../tests/support/plugin_context.ts";
import { rcloneSftpServer } from "../../tests/support/rclone_sftp_server.ts";
import { requireProgram } from "../../tests/support/require_program.ts";
import { type SshdServer, sshdServer } from "../../tests/support/sshd_server.ts";
import { readSftpSettings } from "./sftp_settings.ts";
import { sftpTarget } from "./sftp_target.ts";

const needs = ["sshd", "ssh-keygen"];
const { signal } = new AbortController();

/** A target on the server. */
function targetOn(server: SshdServer, settings: Record<string, string | number> = {}): Target {
  const { host, port, user, folder, hostKey, privateKey } = server;
  const all = { host, port, user, path: `${folder}/deep/er`, hostKey, privateKey, ...settings };
  return sftpTarget(() => readSftpSettings(pluginContext(all)));
}

/** Random bytes. */
function random(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return bytes;
}

/** Closes a target at the end. */
function closing(target: Target): Target & AsyncDisposable {
  return Object.assign(target, { [Symbol.asyncDispose]: async () => await target.close?.() });
}

Deno.test({
  ...requireProgram(needs, "sftpTarget keeps the promises of a target"),
  async fn(t): Promise<void> {
    await using server = await sshdServer();
    await checkTarget(() => targetOn(server), { step: (name, run) => t.step(name, run) });
    deepEqual(await Array.fromAsync(Deno.readDir(`${server.folder}/deep/er`)), [], "not tidy");
  },
});

Deno.test({
  ...requireProgram(
    ["rclone", "ssh-keygen"],
    "sftpTarget keeps its promises on a server of another make, with few extensions",
  ),
  async fn(t): Promise<void> {
    await using server = await rcloneSftpServer();
    const { host, port, user, hostKey, password } = server;
    const context = pluginContext({ host, port, user, hostKey }, { secrets: { password } });
    await checkTarget(() => sftpTarget(() => readSftpSettings(context)), {
      step: (name, run) => t.step(name, run),
    });
  },
});

Deno.test({
  ...requireProgram(needs, "sftpTarget goes on with the part that is there"),
  async fn(): Promise<void> {
    for (const config of [[], ["ForceCommand internal-sftp"]]) {
      await using server = await sshdServer({ config });
      await using target = closing(targetOn(server, { path: server.folder }));
      const bytes = random(3_000_000);
      const part = `${server.folder}/${partPath("a.db")}`;
      await Deno.writeFile(part, bytes.subarray(0, 2_000_000));
      const told: number[] = [];
      const onProgress = (done: number): void => void told.push(done);
      await target.put("a.db", bytesBody(bytes), { signal, onProgress });
      equal(told.find((done) => done > 0), 2_000_000);
      equal(told.at(-1), 3_000_000);
      deepEqual(await Deno.readFile(`${server.folder}/a.db`), bytes);
      await rejects(Deno.stat(part), Deno.errors.NotFound);
    }
  },
});

Deno.test({
  ...requireProgram(needs, "sftpTarget replaces a part of something else, or longer than the body"),
  async fn(): Promise<void> {
    await using server = await sshdServer();
    await using target = closing(targetOn(server, { path: server.folder }));
    const bytes = random(300_000);
    const flipped = bytes.slice(0, 200_000);
    flipped[100_000] = (flipped[100_000] ?? 0) ^ 1;
    for (const part of [flipped, random(400_000)]) {
      await Deno.writeFile(`${server.folder}/${partPath("it's.db")}`, part);
      const told: number[] = [];
      await target.put("it's.db", bytesBody(bytes), {
        signal,
        onProgress: (done) => told.push(done),
      });
      equal(told[0], 0);
      deepEqual(await Deno.readFile(`${server.folder}/${keyPath("it's.db")}`), bytes);
    }
  },
});

Deno.test({
  ...requireProgram(needs, "sftpTarget gives files to their owner alone and tells the room"),
  async fn(): Promise<void> {
    await using server = await sshdServer();
    await using target = closing(targetOn(server));
    await target.put("db-1/a.db", bytesBody(random(10)), { signal });
    const file = await Deno.stat(`${server.folder}/deep/er/db-1/a.db`);
    equal((file.mode ?? 0) & 0o777, 0o600);
    const folder = await Deno.stat(`${server.folder}/deep/er/db-1`);
    equal((folder.mode ?? 0) & 0o777, 0o700);
    const quota = await target.quota?.({ signal });
    ok((quota?.total ?? 0) > (quota?.free ?? Infinity));
    await target.remove("db-1/a.db", { signal });
    await rejects(Deno.stat(`${server.folder}/deep/er/db-1`), Deno.errors.NotFound);
    ok((await Deno.stat(`${server.folder}/deep/er`)).isDirectory, "the root went too");
  },
});

Deno.test({
  ...requireProgram(needs, "sftpTarget sweeps parts that nobody went on with for a week"),
  async fn(): Promise<void> {
    await using server = await sshdServer();
    await using target = closing(targetOn(server, { path: server.folder }));
    const now = Temporal.Now.instant();
    const age = async (name: string, days: number): Promise<void> => {
      await Deno.writeFile(`${server.folder}/${name}`, random(5));
      const seconds = now.subtract({ hours: 24 * days }).epochMilliseconds / 1000;
      await Deno.utime(`${server.folder}/${name}`, seconds, seconds);
    };
    await age("old.db.part", 8);
    await age("young.db.part", 6);
    await age("finished.db", 80);
    await target.put("a.db", bytesBody(random(5)), { signal });
    const names = await Array.fromAsync(Deno.readDir(server.folder), ({ name }) => name);
    deepEqual(names.sort(), ["a.db", "finished.db", "young.db.part"]);
  },
});

Deno.test({
  ...requireProgram(needs, "sftpTarget takes no link for an object and follows none"),
  async fn(): Promise<void> {
    await using server = await sshdServer();
    await using target = closing(targetOn(server, { path: server.folder }));
    await target.put("a.db", bytesBody(random(5)), { signal });
    await Deno.symlink(`${server.folder}/a.db`, `${server.folder}/link.db`);
    await Deno.symlink(server.folder, `${server.folder}/loop`);
    const keys = await Array.fromAsync(target.list("", { signal }), ({ key }) => key);
    deepEqual(keys, ["a.db"]);
    equal(await target.stat("link.db", { signal }), undefined);
    await rejects(target.get("link.db", { signal }), { kind: "not_found" });
    notEqual(await target.stat("a.db", { signal }), undefined);
  },
});
