import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { TargetError } from "../../core/extend/target_error.ts";
import { type DriveBench, driveBench } from "./testing/drive_bench.ts";

Deno.test("Tokens renews the access token ahead of time, once for all who wait", async () => {
  await using bench = await driveBench();
  const target = await bench.target();
  bench.fake.now = bench.fake.now.add({ minutes: 56 });
  await Promise.all(["a", "b", "c"].map((key) => target.stat(key, { signal: bench.signal })));
  equal(bench.fake.count("token"), 1);
  equal(bench.fake.seen.every(({ status }) => status !== 401), true);
});

Deno.test("Tokens renews after a 401, and goes on where it was", async () => {
  await using bench = await driveBench();
  const target = await bench.target();
  bench.fake.oauth.expireAccess();
  equal(await target.stat("a", { signal: bench.signal }), undefined);
  deepEqual(bench.fake.seen.slice(0, 3).map(({ step, status }) => `${step} ${status}`), [
    "get 401",
    "token 200",
    "get 200",
  ]);
});

Deno.test("Tokens gives up after a second 401", async () => {
  await using bench = await driveBench();
  const refusal = { is: "status", status: 401, reason: "authError" } as const;
  bench.fake.faults.add({ step: "about", fault: refusal }, { step: "about", fault: refusal });
  const target = await bench.target();
  await rejects(target.quota({ signal: bench.signal }), { kind: "denied", hint: /Sign in again/ });
  equal(bench.fake.count("about"), 2);
});

Deno.test("Tokens remembers a dead sign-in, tells it in health, and asks no more", async () => {
  await using bench = await driveBench();
  const { kind, context, signal } = bench;
  deepEqual(await kind.health(context), []);
  bench.fake.oauth.endAll();
  const target = await bench.target();
  await rejects(target.quota({ signal }), { kind: "denied", message: /has ended or was revoked/ });
  equal((await kind.health(context))[0]?.kind, "token_dead");
  bench.fake.seen.splice(0);
  await rejects(target.quota({ signal }), { kind: "denied" });
  deepEqual(bench.fake.seen, []);
  equal((await kind.describe(context)).connected, false);
  await kind.connect?.(context, bench.ui);
  deepEqual(await kind.health(context), []);
});

Deno.test("Tokens notes when the sign-in will end", async () => {
  await using bench = await driveBench({ signedOut: true });
  bench.fake.oauth.refreshExpiresIn = 604_799;
  await bench.kind.connect?.(bench.context, bench.ui);
  deepEqual(await bench.kind.health(bench.context), []);
  bench.fake.now = bench.fake.now.add({ hours: 24 * 5 });
  const [finding] = await bench.kind.health(bench.context);
  equal(finding?.kind, "token_expires");
  match(finding?.hint ?? "", /Publish the app/);
});

Deno.test("Tokens refuses a sign-in of another client ID", async () => {
  await using bench = await driveBench();
  const settings = { ...bench.context.settings, clientId: "other" };
  const target = await bench.kind.create({ ...bench.context, settings });
  await rejects(target.quota({ signal: bench.signal }), { message: /client ID is another one/ });
});

Deno.test("Tokens tells a wrong client secret", async () => {
  await using bench = await driveBench();
  const secrets = {
    get: (name: string) => Promise.resolve(name === "clientSecret" ? "wrong" : undefined),
  };
  bench.fake.now = bench.fake.now.add({ hours: 2 });
  const target = await bench.kind.create({ ...bench.context, secrets });
  await rejects(target.quota({ signal: bench.signal }), {
    kind: "denied",
    message: /does not know this client/,
  });
  deepEqual(await bench.kind.health(bench.context), [], "the sign-in itself is not dead");
});

Deno.test("Tokens survives passing failures of the token service", async () => {
  await using bench = await driveBench();
  bench.fake.faults.add(
    { step: "token", fault: { is: "status", status: 503, retryAfter: "3" } },
    { step: "token", fault: { is: "drop" } },
    { step: "token", fault: { is: "portal" } },
  );
  bench.fake.now = bench.fake.now.add({ hours: 2 });
  await (await bench.target()).quota({ signal: bench.signal });
  deepEqual(bench.waits, [3000, 1500, 3000]);
});

/** Runs a renewal, and something else while Google thinks about it. */
async function whileRenewing(bench: DriveBench, meanwhile: () => Promise<void>): Promise<unknown> {
  const [reached, until] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  bench.fake.faults.add({
    step: "token",
    fault: { is: "hold", reached: reached.resolve, until: until.promise },
  });
  const target = await bench.target();
  const asked = target.quota({ signal: bench.signal }).catch((error: unknown) => error);
  await reached.promise;
  await meanwhile();
  until.resolve();
  return await asked;
}

Deno.test("Tokens brings no sign-in back that was ended while it was renewed", async () => {
  await using bench = await driveBench();
  bench.fake.now = bench.fake.now.add({ hours: 2 });
  const { kind, context } = bench;
  await whileRenewing(bench, async () => await kind.disconnect?.(context));
  equal(bench.values.has("tokens"), false);
  equal((await kind.health(context))[0]?.kind, "not_connected");
});

Deno.test("Tokens declares no sign-in dead that was made while an older one was refused", async () => {
  await using bench = await driveBench();
  bench.fake.oauth.endAll();
  const { kind, context } = bench;
  const error = await whileRenewing(bench, async () => await kind.connect?.(context, bench.ui));
  equal(error instanceof TargetError && error.kind, "denied");
  deepEqual(await kind.health(context), []);
  equal((await (await bench.target()).quota({ signal: bench.signal })).total, 15_000_000_000);
});
