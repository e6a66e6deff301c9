import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  bytesBody,
  retryingTarget,
  type StateStore,
  type Target,
  type TargetErrorKind,
} from "../../core/extend/mod.ts";
import { checkTarget } from "../../core/extend/testing.ts";
import { faultProxy } from "../../tests/support/fault_proxy.ts";
import { requireProgram } from "../../tests/support/require_program.ts";
import { rgwPrograms, type RgwServer, rgwServer } from "../../tests/support/rgw_server.ts";
import s3, { type S3Options, s3Target } from "./mod.ts";
import { S3Client } from "./s3_client.ts";
import { sweepOlder } from "./sweep_uploads.ts";
import { UploadSessions } from "./upload_sessions.ts";

const { signal } = new AbortController();
const mebibyte = 1024 * 1024;
const partSize = 5 * mebibyte;
const bytes = randomBytes(22 * mebibyte + 5);
const sha256 = createHash("sha256").update(bytes).digest("hex");
const body = bytesBody(bytes);
const small = bytesBody(randomBytes(1000));

/** Bytes that do not repeat. */
function randomBytes(size: number): Uint8Array<ArrayBuffer> {
  const random = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) {
    crypto.getRandomValues(random.subarray(at, at + 65_536));
  }
  return random;
}

/** A state that is gone with the process. */
function memoryState(): StateStore {
  const values = new Map<string, string>();
  return {
    get: (key) => Promise.resolve(values.get(key)),
    set: (key, value) => Promise.resolve(void values.set(key, value)),
    delete: (key) => Promise.resolve(void values.delete(key)),
  };
}

/** The options of a bucket. */
function optionsFor(server: RgwServer, more: Partial<S3Options> = {}): S3Options {
  const { endpoint, accessKeyId, secretAccessKey } = server;
  const credentials = () => Promise.resolve({ accessKeyId, secretAccessKey });
  return { bucket: "copies", endpoint, partSize, credentials, state: memoryState(), ...more };
}

/** Runs a step with a target and closes it. */
async function withTarget<Result>(
  options: S3Options,
  step: (target: Target) => Promise<Result>,
): Promise<Result> {
  const target = s3Target(options);
  try {
    return await step(target);
  } finally {
    await target.close?.();
  }
}

/** Throws where an object of that key is there, or a part of it shows. */
async function assertNothing(server: RgwServer, key: string): Promise<void> {
  await withTarget(optionsFor(server), async (target) => {
    equal(await target.stat(key, { signal }), undefined);
    deepEqual(await Array.fromAsync(target.list(key, { signal })), []);
    await rejects(target.get(key, { signal }), { kind: "not_found" });
  });
}

/** Throws where the object is not the body. */
async function assertStored(server: RgwServer, key: string): Promise<void> {
  await withTarget(optionsFor(server), async (target) => {
    const hash = createHash("sha256");
    for await (const chunk of await target.get(key, { signal })) hash.update(chunk);
    equal(hash.digest("hex"), sha256);
    equal((await target.stat(key, { signal }))?.sha256, sha256);
  });
}

/** The uploads in parts that the store holds. */
async function unfinished(server: RgwServer): Promise<number> {
  const text = await (await server.request("GET", "/copies?uploads=")).text();
  return text.match(/<Upload>/g)?.length ?? 0;
}

const steps: Readonly<Record<string, (server: RgwServer, t: Deno.TestContext) => Promise<void>>> = {
  "keeps the promises of a target": async (server, t) => {
    const state = memoryState();
    await checkTarget(() => s3Target(optionsFor(server, { prefix: "/some/ folder+/", state })), {
      largeBytes: 12 * mebibyte,
      step: async (name, run) => void await t.step(name, run),
    });
  },

  "lists more than a page": async (server) => {
    await withTarget(optionsFor(server, { prefix: "pages" }), async (target) => {
      const keys = Array.from({ length: 1_003 }, (_, at) => `${at}`);
      const workers = Array.from({ length: 8 }, async (_, first) => {
        for (let at = first; at < keys.length; at += 8) {
          await target.put(`${at}`, bytesBody(new Uint8Array()), { signal });
        }
      });
      await Promise.all(workers);
      const found = await Array.fromAsync(target.list("", { signal }), ({ key }) => key);
      deepEqual(found.sort(), keys.sort());
    });
  },

  "connect tries the bucket and tells what it honours": async (server) => {
    const said: string[] = [];
    const { endpoint, accessKeyId, secretAccessKey } = server;
    const context = {
      name: "offsite",
      settings: { bucket: "copies", endpoint },
      secrets: {
        get: (name: string) =>
          Promise.resolve(
            { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }[name],
          ),
      },
      state: memoryState(),
      signal,
    };
    const ui = {
      say: (line: string) => void said.push(line),
      visit: () => Promise.resolve(),
      ask: () => Promise.resolve(""),
    };
    await s3.targets?.["s3"]?.connect?.(context, ui);
    deepEqual(said, ['The bucket "copies" can be written. It honours If-None-Match.']);
    await withTarget(optionsFor(server), async (target) => {
      deepEqual(await Array.fromAsync(target.list(".holdfast-probe", { signal })), []);
    });
  },

  "put cut in the middle shows nothing, and the next one sends only what is missing": async (
    server,
  ) => {
    await using proxy = faultProxy(server.port);
    const options = optionsFor(server, { endpoint: `http://127.0.0.1:${proxy.port}`, parallel: 1 });
    const call = { signal, sha256 };
    // The first part passes; the second breaks as often as it is tried.
    proxy.arm({ way: "to_server", afterBytes: 2 * mebibyte + partSize, fault: "cut", times: 9 });
    await withTarget(options, async (target) => {
      await rejects(target.put("cut", body, call), { kind: "unavailable" });
    });
    ok(proxy.cuts > 0);
    await assertNothing(server, "cut");
    equal(await unfinished(server), 1);
    const sent: number[] = [];
    proxy.arm({ way: "to_server", afterBytes: Infinity, fault: "cut" });
    await withTarget(options, async (target) => {
      const onProgress = (count: number): number => sent.push(count);
      await target.put("cut", body, { ...call, onProgress });
    });
    equal(sent[0], partSize, "the first part was there already");
    equal(sent.at(-1), body.size);
    await assertStored(server, "cut");
    equal(await unfinished(server), 0);
  },

  "put of another body takes over nothing of the one that was cut": async (server) => {
    await using proxy = faultProxy(server.port);
    const options = optionsFor(server, { endpoint: `http://127.0.0.1:${proxy.port}`, parallel: 1 });
    proxy.arm({ way: "to_server", afterBytes: 2 * mebibyte + partSize, fault: "cut", times: 9 });
    await withTarget(options, async (target) => {
      const other = bytesBody(bytes.toReversed());
      await rejects(target.put("other", other, { signal }), { kind: "unavailable" });
      proxy.arm({ way: "to_server", afterBytes: Infinity, fault: "cut" });
      await target.put("other", body, { signal });
      const hash = createHash("sha256");
      for await (const chunk of await target.get("other", { signal })) hash.update(chunk);
      equal(hash.digest("hex"), sha256);
    });
    equal(await unfinished(server), 0);
  },

  "put survives a connection that is cut once": async (server) => {
    await using proxy = faultProxy(server.port);
    proxy.arm({ way: "to_server", afterBytes: 7 * mebibyte, fault: "cut" });
    await withTarget(
      optionsFor(server, { endpoint: `http://127.0.0.1:${proxy.port}` }),
      (target) => target.put("cut-once", body, { signal, sha256 }),
    );
    equal(proxy.cuts, 1);
    await assertStored(server, "cut-once");
  },

  "put whose last answer is lost finds the object at the next try": async (server) => {
    const state = memoryState();
    await withTarget(optionsFor(server, { state }), async (target) => {
      await target.put("heard", body, { signal, sha256 });
    });
    await new UploadSessions(state).keep("heard", {
      uploadId: "2~long-gone",
      size: body.size,
      partSize,
      sha256,
    });
    const told: number[] = [];
    await withTarget(optionsFor(server, { state }), async (target) => {
      const unreadable = { ...body, slice: () => bytesBody(new Uint8Array()) };
      await target.put("heard", unreadable, {
        signal,
        sha256,
        onProgress: (count) => told.push(count),
      });
    });
    deepEqual(told, [body.size]);
  },

  "put refuses a body that is not the one that was hashed, and leaves nothing": async (server) => {
    const before = await unfinished(server);
    await withTarget(optionsFor(server), async (target) => {
      const call = { signal, sha256: "0".repeat(64) };
      await rejects(target.put("wrong", body, call), { kind: "corrupt" });
      await rejects(target.put("wrong", small, call), { kind: "corrupt" });
    });
    await assertNothing(server, "wrong");
    equal(await unfinished(server), before);
  },

  "get that is cut is unavailable, and goes on at an offset": async (server) => {
    await using proxy = faultProxy(server.port);
    const options = optionsFor(server, { endpoint: `http://127.0.0.1:${proxy.port}` });
    await withTarget(options, async (target) => {
      proxy.arm({ way: "to_client", afterBytes: 3 * mebibyte, fault: "cut" });
      const broken = new Response(await target.get("cut", { signal }));
      await rejects(broken.bytes(), { name: "TargetError", kind: "unavailable" });
      proxy.arm({ way: "to_client", afterBytes: 3 * mebibyte, fault: "cut" });
      const whole = await retryingTarget(target, { firstDelayMs: 1 }).get("cut", { signal });
      const hash = createHash("sha256");
      for await (const chunk of whole) hash.update(chunk);
      equal(hash.digest("hex"), sha256);
    });
  },

  "every verb of a store that stalls ends with the deadline's reason": async (server) => {
    await using proxy = faultProxy(server.port);
    const options = optionsFor(server, { endpoint: `http://127.0.0.1:${proxy.port}` });
    class Late extends Error {}
    await withTarget(options, async (target) => {
      const verbs: readonly ((signal: AbortSignal) => Promise<unknown>)[] = [
        (signal) => target.put("late", small, { signal }),
        (signal) => target.put("late", body, { signal }),
        (signal) => target.stat("late", { signal }),
        (signal) => target.get("late", { signal }),
        (signal) => Array.fromAsync(target.list("", { signal })),
        (signal) => target.remove("late", { signal }),
      ];
      for (const verb of verbs) {
        proxy.arm({ way: "to_client", afterBytes: 0, fault: "stall", times: 99 });
        const deadline = new AbortController();
        const calling = verb(deadline.signal);
        const outcome = rejects(calling, Late);
        setTimeout(() => deadline.abort(new Late("too late")), 300);
        await outcome;
      }
    });
    await assertNothing(server, "late");
  },

  "a full bucket is full, and takes copies again when there is room": async (server) => {
    const quota = ["--uid=test", "--quota-scope=user"];
    await server.admin("quota", "set", ...quota, "--max-size=1048576");
    await server.admin("quota", "enable", ...quota);
    await withTarget(optionsFor(server), async (target) => {
      await rejects(target.put("full", body, { signal, sha256 }), { kind: "full" });
    });
    await server.admin("quota", "disable", ...quota);
    await assertNothing(server, "full");
    await withTarget(optionsFor(server), async (target) => {
      await target.put("full", body, { signal, sha256 });
    });
    await assertStored(server, "full");
  },

  "put goes on after the server was killed and started again": async (server) => {
    const state = memoryState();
    const options = optionsFor(server, { state, parallel: 1 });
    await withTarget(options, async (target) => {
      let killed: Promise<void> | undefined;
      const onProgress = (count: number): void => {
        if (count >= partSize) killed ??= server.killGateway();
      };
      await rejects(target.put("killed", body, { signal, sha256, onProgress }), {
        kind: "unavailable",
      });
      await killed;
      await rejects(target.stat("killed", { signal }), { kind: "unavailable" });
      await rejects(Array.fromAsync(target.list("", { signal })), { kind: "unavailable" });
    });
    await server.startGateway();
    await assertNothing(server, "killed");
    const told: number[] = [];
    await withTarget(options, async (target) => {
      const onProgress = (count: number): number => told.push(count);
      await target.put("killed", body, { signal, sha256, onProgress });
    });
    ok((told[0] ?? 0) >= partSize, "what was there is not sent again");
    await assertStored(server, "killed");
  },

  "wrong credentials, a wrong clock and a missing bucket are told apart": async (server) => {
    const { accessKeyId, secretAccessKey } = server;
    const wrong = (keys: { accessKeyId: string; secretAccessKey: string }): S3Options =>
      optionsFor(server, { credentials: () => Promise.resolve(keys) });
    const late = Temporal.Now.instant().subtract({ minutes: 30 });
    const cases: readonly (readonly [S3Options, TargetErrorKind, RegExp])[] = [
      [wrong({ accessKeyId: "NOBODY", secretAccessKey }), "denied", /access key/],
      [wrong({ accessKeyId, secretAccessKey: "guess" }), "denied", /access key/],
      [optionsFor(server, { now: () => late }), "denied", /clock/],
      [optionsFor(server, { bucket: "no-such-bucket" }), "invalid", /bucket/],
    ];
    for (const [options, kind, hint] of cases) {
      await withTarget(options, async (target) => {
        await rejects(target.put("fails", small, { signal }), { kind, hint });
        await rejects(target.get("fails", { signal }), { kind });
        await rejects(target.stat("fails", { signal }), { kind });
        await rejects(Array.fromAsync(target.list("", { signal })), { kind });
        await rejects(target.remove("fails", { signal }), { kind });
      });
    }
    await assertNothing(server, "fails");
  },

  "what killed runs left is taken back by age": async (server) => {
    const begun = await server.request("POST", "/copies/left?uploads=");
    await begun.body?.cancel();
    const before = await unfinished(server);
    ok(before > 0);
    const options = optionsFor(server);
    const client = new S3Client(options);
    const sessions = new UploadSessions(options.state);
    const now = Temporal.Now.instant();
    await sweepOlder({ client, sessions }, now.subtract({ hours: 1 }), signal);
    equal(await unfinished(server), before);
    await sweepOlder({ client, sessions }, now.add({ hours: 1 }), signal);
    equal(await unfinished(server), 0);
    client.close();
  },
};

Deno.test({
  ...requireProgram(rgwPrograms, "s3Target on Ceph's object gateway"),
  async fn(t) {
    await using server = await rgwServer();
    await server.makeBucket("copies");
    for (const [name, step] of Object.entries(steps)) {
      await t.step(name, (context) => step(server, context));
    }
  },
});
