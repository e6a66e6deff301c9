import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  bytesBody,
  retryingTarget,
  type Target,
  type TargetErrorKind,
} from "../../core/extend/mod.ts";
import { checkTarget } from "../../core/extend/testing.ts";
import { faultProxy } from "../../tests/support/fault_proxy.ts";
import { requireProgram } from "../../tests/support/require_program.ts";
import { smallDisk } from "../../tests/support/small_disk.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { type WebdavServer, webdavServer } from "../../tests/support/webdav_server.ts";
import { webdavTarget } from "./mod.ts";

const { signal } = new AbortController();
const mebibyte = 1024 * 1024;
const bytes = new Uint8Array(12 * mebibyte + 3);
for (let at = 0; at < bytes.length; at += 65_536) {
  crypto.getRandomValues(bytes.subarray(at, at + 65_536));
}
const sha256 = createHash("sha256").update(bytes).digest("hex");
const body = bytesBody(bytes);
const small = bytesBody(bytes.slice(0, 1000));

/** Runs a step with a target in a folder of the server, through a port, and closes it. */
async function withTarget<Result>(
  server: WebdavServer,
  step: (target: Target) => Promise<Result>,
  more: { readonly port?: number; readonly folder?: string; readonly password?: string } = {},
): Promise<Result> {
  const { port = server.port, folder = "copies", password = server.password } = more;
  const target = webdavTarget({
    url: `http://127.0.0.1:${port}${server.path}/${folder}`,
    credentials: () => Promise.resolve({ username: server.username, password }),
  });
  try {
    return await step(target);
  } finally {
    await target.close?.();
  }
}

/** Throws where anything of the key shows. */
async function assertNothing(server: WebdavServer, key: string): Promise<void> {
  await withTarget(server, async (target) => {
    equal(await target.stat(key, { signal }), undefined);
    deepEqual(await Array.fromAsync(target.list(key, { signal })), []);
    await rejects(target.get(key, { signal }), { kind: "not_found" });
  });
}

/** Throws where the object is not the body. */
async function assertStored(server: WebdavServer, key: string): Promise<void> {
  await withTarget(server, async (target) => {
    const hash = createHash("sha256");
    for await (const chunk of await target.get(key, { signal })) hash.update(chunk);
    equal(hash.digest("hex"), sha256);
  });
}

type Step = (server: WebdavServer, t: Deno.TestContext) => Promise<void>;

const steps: Readonly<Record<string, Step>> = {
  "keeps the promises of a target": async (server, t) => {
    const make = (): Target =>
      webdavTarget({
        url: `http://127.0.0.1:${server.port}${server.path}/some%20folder+`,
        credentials: () => Promise.resolve(server),
      });
    await checkTarget(make, { step: async (name, run) => void await t.step(name, run) });
  },

  "keeps out of folders that have the name of an object": async (server) => {
    await withTarget(server, async (target) => {
      await target.put("db/a", small, { signal });
      equal(await target.stat("db", { signal }), undefined);
      await rejects(target.get("db", { signal }), { kind: "not_found" });
      await target.remove("db", { signal });
      equal((await target.stat("db/a", { signal }))?.size, 1000);
    });
  },

  "put that is cut shows nothing, and the next one ends": async (server) => {
    await using proxy = faultProxy(server.port);
    await withTarget(server, async (target) => {
      proxy.arm({ way: "to_server", afterBytes: 5 * mebibyte, fault: "cut" });
      await rejects(target.put("cut", body, { signal, sha256 }), { kind: "unavailable" });
      await assertNothing(server, "cut");
      proxy.arm({ way: "to_server", afterBytes: 5 * mebibyte, fault: "cut" });
      await retryingTarget(target, { firstDelayMs: 1 }).put("cut", body, { signal, sha256 });
      equal(proxy.cuts, 1);
    }, { port: proxy.port });
    await assertStored(server, "cut");
  },

  "put refuses a body that is not the one that was hashed, and leaves nothing": async (server) => {
    await withTarget(server, async (target) => {
      const call = { signal, sha256: "0".repeat(64) };
      await rejects(target.put("wrong", body, call), { kind: "corrupt" });
    });
    await assertNothing(server, "wrong");
  },

  "get that is cut is unavailable, and goes on at an offset": async (server) => {
    await using proxy = faultProxy(server.port);
    await withTarget(server, async (target) => {
      proxy.arm({ way: "to_client", afterBytes: 3 * mebibyte, fault: "cut" });
      const broken = new Response(await target.get("cut", { signal }));
      await rejects(broken.bytes(), { name: "TargetError", kind: "unavailable" });
      proxy.arm({ way: "to_client", afterBytes: 3 * mebibyte, fault: "cut" });
      const whole = await retryingTarget(target, { firstDelayMs: 1 }).get("cut", { signal });
      const hash = createHash("sha256");
      for await (const chunk of whole) hash.update(chunk);
      equal(hash.digest("hex"), sha256);
    }, { port: proxy.port });
  },

  "every verb of a server that stalls ends with the deadline's reason": async (server) => {
    await using proxy = faultProxy(server.port);
    class Late extends Error {}
    await withTarget(server, async (target) => {
      const verbs: readonly ((signal: AbortSignal) => Promise<unknown>)[] = [
        (signal) => target.stat("late", { signal }),
        (signal) => target.get("late", { signal }),
        (signal) => Array.fromAsync(target.list("", { signal })),
        (signal) => target.remove("late", { signal }),
        (signal) => target.put("late", body, { signal }),
      ];
      for (const verb of verbs) {
        proxy.arm({ way: "to_client", afterBytes: 0, fault: "stall", times: 99 });
        const deadline = new AbortController();
        const outcome = rejects(verb(deadline.signal), Late);
        setTimeout(() => deadline.abort(new Late("too late")), 300);
        await outcome;
      }
    }, { port: proxy.port });
    await assertNothing(server, "late");
  },

  "put goes on after the server was killed and started again": async (server) => {
    await withTarget(server, async (target) => {
      let killed: Promise<void> | undefined;
      const onProgress = (count: number): void => {
        if (count >= 4 * mebibyte) killed ??= server.kill();
      };
      const call = { signal, sha256, onProgress };
      await rejects(target.put("killed", body, call), { kind: "unavailable" });
      await killed;
      await rejects(target.stat("killed", { signal }), { kind: "unavailable" });
      await rejects(Array.fromAsync(target.list("", { signal })), { kind: "unavailable" });
      await server.start();
      await assertNothing(server, "killed");
      await target.put("killed", body, { signal, sha256 });
    });
    await assertStored(server, "killed");
  },

  "a wrong password and a wrong address are told apart": async (server) => {
    const cases: readonly (readonly [TargetErrorKind, Parameters<typeof withTarget>[2]])[] = [
      ["denied", { password: "guess" }],
      ["invalid", { folder: "no/such/folder" }],
    ];
    for (const [kind, more] of cases) {
      await withTarget(server, async (target) => {
        await rejects(target.put("fails", small, { signal }), { kind });
        if (kind === "denied") await rejects(target.stat("fails", { signal }), { kind });
      }, more);
    }
    await assertNothing(server, "fails");
  },
};

for (const name of ["rclone", "apache2"] as const) {
  Deno.test({
    ...requireProgram([name], `webdavTarget on ${name}`),
    async fn(t) {
      await using server = await webdavServer(name);
      for (const [title, step] of Object.entries(steps)) {
        await t.step(title, (context) => step(server, context));
      }
    },
  });
}

Deno.test({
  ...requireProgram(["apache2"], "webdavTarget tells a full disk, and ends when there is room"),
  async fn() {
    await using disk = await smallDisk(8 * 1024);
    if (disk === undefined) return;
    await using server = await webdavServer("apache2", { files: disk.path });
    await withTarget(server, async (target) => {
      await rejects(target.put("full", body, { signal }), { kind: "full" });
    });
    await assertNothing(server, "full");
    await withTarget(server, async (target) => {
      await target.put("fits", small, { signal });
      ok(await target.stat("fits", { signal }) !== undefined);
    });
  },
});

Deno.test({
  ...requireProgram(["rclone"], "webdavTarget removes what killed runs left a week ago"),
  async fn() {
    await using dir = await tempDir();
    const left = dir.join("copies", ".unfinished-uploads");
    await Deno.mkdir(left, { recursive: true });
    for (const name of ["old", "new"]) await Deno.writeTextFile(`${left}/${name}`, "half");
    const longAgo = new Date(Temporal.Now.instant().subtract({ hours: 24 * 8 }).epochMilliseconds);
    await Deno.utime(`${left}/old`, longAgo, longAgo);
    await using server = await webdavServer("rclone", { files: dir.path });
    await withTarget(server, async (target) => {
      await target.put("a", small, { signal });
      deepEqual(await Array.fromAsync(target.list("", { signal }), ({ key }) => key), ["a"]);
    });
    deepEqual(await Array.fromAsync(Deno.readDir(left), ({ name }) => name), ["new"]);
  },
});
