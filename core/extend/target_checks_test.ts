import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { type Body, bytesBody } from "./body.ts";
import { runChecks } from "./checks/check.ts";
import { memoryTarget } from "./memory_target.ts";
import type { Target } from "./target.ts";
import { targetChecks } from "./target_checks.ts";
import { TargetError } from "./target_error.ts";

/** The bytes that a body gives, whatever its size says, also when it breaks. */
async function givenBytes(body: Body): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  try {
    for await (const chunk of body.stream()) chunks.push(chunk);
  } catch (error) {
    ok(error instanceof Error);
  }
  return await new Blob(chunks).bytes();
}

/** Targets that break a promise each, by the check that must notice. */
const broken: Readonly<Record<string, (good: Target) => Partial<Target>>> = {
  "put keeps the bytes": (good) => ({
    put: (key, body, options) => good.put(key, body.slice(0, body.size - 1), options),
  }),
  "put replaces the object": (good) => ({
    put: async (key, body, options) => {
      if (await good.stat(key, options) === undefined) await good.put(key, body, options);
    },
  }),
  "put repeated leaves one object": (good) => ({
    put: async (key, body, options) => {
      const twin = await good.stat(key, options) === undefined ? key : `${key}~`;
      await good.put(twin, body, options);
    },
  }),
  "put takes odd keys": (good) => ({
    put: (key, body, options) => good.put(key.replaceAll("+", " "), body, options),
  }),
  "get begins at the offset": (good) => ({ get: (key, { signal }) => good.get(key, { signal }) }),
  "get of a missing object is not_found": (good) => ({
    get: async (key, options) =>
      await good.stat(key, options) === undefined
        ? bytesBody(new Uint8Array(0)).stream()
        : good.get(key, options),
  }),
  "remove of a missing object is no error": (good) => ({
    remove: async (key, options) => {
      if (await good.stat(key, options) === undefined) throw new TargetError("not_found", key);
      await good.remove(key, options);
    },
  }),
  "list goes by prefix, not by folder": (good) => ({
    async *list(prefix, options) {
      for await (const object of good.list("", options)) {
        if (object.key === prefix || object.key.startsWith(prefix.replace(/\/?$/, "/"))) {
          yield object;
        }
      }
    },
  }),
  "list tells every object once, with its size": (good) => ({
    async *list(prefix, options) {
      let left = 20;
      for await (const object of good.list(prefix, options)) if (left-- > 0) yield object;
    },
  }),
  "put shows nothing before it ended": (good) => ({
    put: async (key, body, options) => {
      await good.put(key, bytesBody(new Uint8Array(1)), options);
      await good.put(key, body, options);
    },
  }),
  "put refuses a body that is shorter than its size": (good) => ({
    put: async (key, body, options) =>
      await good.put(key, bytesBody(await givenBytes(body)), options),
  }),
  "put of a body that breaks keeps the old object": (good) => ({
    put: async (key, body, options) => {
      await good.remove(key, options);
      await good.put(key, body, options);
    },
  }),
  "stat and list vouch for no wrong SHA-256": (good) => {
    let told: string | undefined;
    return {
      put: async (key, body, options) => {
        told = options.sha256;
        await good.put(key, body, options);
      },
      stat: async (key, options) => {
        const object = await good.stat(key, options);
        return object && { ...object, sha256: told };
      },
    };
  },
  "get aborted stops with the reason": (good) => ({
    get: (key, { offset = 0 }) => good.get(key, { offset, signal: new AbortController().signal }),
  }),
  "every verb stops at once when it is aborted before": (good) => ({
    remove: (key) => good.remove(key, { signal: new AbortController().signal }),
  }),
  "quota is sane where it is told": () => ({
    quota: () => Promise.resolve({ total: 5, free: 6 }),
  }),
};

Deno.test("targetChecks notice each broken promise", async () => {
  for (const [name, breakIt] of Object.entries(broken)) {
    const good = memoryTarget();
    const check = targetChecks.find((one) => one.name === name);
    ok(check, name);
    await rejects(check.run({ make: () => ({ ...good, ...breakIt(good) }) }), Error, name);
  }
});

Deno.test("targetChecks remove what they put and touch nothing else", async () => {
  const { signal } = new AbortController();
  const target = memoryTarget();
  await target.put("db-1/mine.db", bytesBody(new Uint8Array(7)), { signal });
  await runChecks(targetChecks, { make: () => target });
  const left = await Array.fromAsync(target.list("", { signal }), ({ key }) => key);
  deepEqual(left, ["db-1/mine.db"]);
});

Deno.test("runChecks skips by name with a reason only", async () => {
  const make = (): Target => memoryTarget();
  await rejects(runChecks(targetChecks, { make }, { skip: { "no such": "x" } }), RangeError);
  const name = "put keeps the bytes";
  await rejects(runChecks(targetChecks, { make }, { skip: { [name]: " " } }), RangeError);
  const results = await runChecks(targetChecks, { make }, { skip: { [name]: "slow here" } });
  deepEqual(results[0], { name, outcome: "skipped", reason: "slow here" });
});

Deno.test("targetChecks have names of their own", () => {
  equal(new Set(targetChecks.map(({ name }) => name)).size, targetChecks.length);
});
