import { equal, ok } from "node:assert/strict";
import { bytesBody } from "../../core/extend/body.ts";
import { randomBytes } from "../../core/extend/checks/target_bench.ts";
import { type DriveBench, driveBench } from "./testing/drive_bench.ts";
import type { Fault, Step } from "./testing/fault_script.ts";

const steps: readonly Step[] = [
  "token",
  "device_code",
  "revoke",
  "about",
  "generate_ids",
  "create",
  "get",
  "list",
  "update",
  "delete",
  "download",
  "upload_simple",
  "upload_begin",
  "upload_chunk",
  "upload_query",
];
const faults: readonly Fault[] = [
  { is: "drop" },
  { is: "half" },
  { is: "portal" },
  { is: "lose", status: 404 },
  { is: "status", status: 400, reason: "badRequest" },
  { is: "status", status: 403, reason: "somethingNew" },
  { is: "status", status: 401, reason: "authError" },
  { is: "status", status: 500 },
];

/** Everything that a person or a log may see of what a call does, fails included. */
async function shown(call: () => Promise<unknown>): Promise<string> {
  const inspect = { depth: 20, iterableLimit: 1000, strAbbreviateSize: 1e6 };
  try {
    return Deno.inspect(await call(), inspect);
  } catch (error) {
    const causes: string[] = [];
    for (let at: unknown = error; at instanceof Error; at = at.cause) {
      causes.push(`${at.name} ${at.message} ${at.stack ?? ""}`, JSON.stringify(at));
    }
    return `${Deno.inspect(error, inspect)} ${causes.join(" ")}`;
  }
}

/** All verbs of an instance. */
async function everything(bench: DriveBench): Promise<readonly string[]> {
  const { kind, context, signal } = bench;
  const body = bytesBody(randomBytes(300_000));
  const target = await kind.create(context);
  const told: string[] = [];
  const show = async (call: () => Promise<unknown>): Promise<void> => {
    told.push(await shown(call));
  };
  await show(() => target.put("a", body, { signal, sha256: "0".repeat(64) }));
  await show(() => target.put("b", body, { signal }));
  await show(() => target.put("c", bytesBody(randomBytes(10)), { signal }));
  await show(() => target.stat("b", { signal }));
  await show(async () => await new Response(await target.get("b", { signal })).bytes());
  await show(() => Array.fromAsync(target.list("", { signal })));
  await show(() => target.quota({ signal }));
  await show(() => kind.describe(context));
  await show(() => kind.health(context));
  await show(() => kind.inspect(context, { expected: ["a", "x"] }));
  await show(() => target.remove("b", { signal }));
  await show(async () => await kind.connect?.(context, bench.ui));
  const device = { ...context, settings: { ...context.settings, flow: "device" } };
  await show(async () => await kind.connect?.(device, bench.ui));
  await show(async () => await kind.disconnect?.(context));
  return [...told, ...bench.said];
}

Deno.test("no secret is in any result, message, error or cause, whatever goes wrong", async () => {
  let looked = 0;
  for (const fault of faults) {
    await using bench = await driveBench({
      settings: { chunkSizeKiB: 256 },
      runtime: { simpleLimit: 1000 },
    });
    for (const step of steps) {
      for (let at = 0; at < 7; at++) bench.fake.faults.add({ step, fault, skip: at === 0 ? 1 : 0 });
    }
    const told = [...await everything(bench), ...await everything(bench)].join("\n");
    for (const secret of bench.fake.oauth.secrets) {
      looked++;
      ok(!told.includes(secret), `a secret was shown: ${secret.replace(/-secret-.*/, "…")}`);
    }
    equal(/upload_id=|refresh_token=|client_secret=|code_verifier=/.test(told), false);
  }
  ok(looked > 50, `only ${looked} secrets were made`);
});

Deno.test("secrets are kept nowhere but in the tokens and the upload of the store", async () => {
  await using bench = await driveBench({
    settings: { chunkSizeKiB: 256 },
    runtime: { simpleLimit: 1000 },
  });
  for (let at = 0; at < 12; at++) {
    bench.fake.faults.add({ step: "upload_chunk", fault: { is: "drop" } });
  }
  await everything({ ...bench, kind: { ...bench.kind, disconnect: async () => {} } });
  for (const [key, value] of bench.values) {
    if (key === "tokens" || key.startsWith("upload:")) continue;
    for (const secret of bench.fake.oauth.secrets) ok(!value.includes(secret), key);
  }
});
