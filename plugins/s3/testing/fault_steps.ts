/**
 * What an S3 target does when connections, servers, keys, clocks and room fail.
 *
 * @module
 */

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { createHash } from "node:crypto";
import { memoryState } from "../../../core/extend/memory_state.ts";
import { bytesBody, retryingTarget, type TargetErrorKind } from "../../../core/extend/mod.ts";
import { faultProxy } from "../../../tests/support/fault_proxy.ts";
import type { S3Options } from "../mod.ts";
import { UploadSessions } from "../upload_sessions.ts";
import {
  assertNothing,
  assertStored,
  body,
  bytes,
  mebibyte,
  optionsFor,
  partSize,
  sha256,
  signal,
  small,
  type Steps,
  unfinished,
  withTarget,
} from "./rgw_bucket.ts";

/** The steps. */
export const faultSteps: Steps = {
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
};
