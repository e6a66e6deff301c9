import { deepEqual, rejects } from "node:assert/strict";
import { TargetError } from "../../core/extend/target_error.ts";
import { Backoff } from "./backoff.ts";

const passing = new TargetError("unavailable", "Cannot reach it");
const { signal } = new AbortController();

function backoff(random = 0.999) {
  const waits: number[] = [];
  const sleep = (ms: number): Promise<void> => Promise.resolve(void waits.push(Math.round(ms)));
  return { waits, backoff: new Backoff({ sleep, random: () => random }) };
}

Deno.test("Backoff doubles its waits, then throws what failed", async () => {
  const { waits, backoff: one } = backoff();
  for (let at = 0; at < 5; at++) await one.wait(passing, signal);
  await rejects(one.wait(passing, signal), passing);
  deepEqual(waits, [1000, 1999, 3998, 7996, 15992]);
});

Deno.test("Backoff waits at least half of its time", async () => {
  const { waits, backoff: one } = backoff(0);
  for (let at = 0; at < 3; at++) await one.wait(passing, signal);
  deepEqual(waits, [500, 1000, 2000]);
});

Deno.test("Backoff waits as long as the server asks", async () => {
  const { waits, backoff: one } = backoff();
  await one.wait(new TargetError("unavailable", "Slow down", { retryAfterMs: 20_000 }), signal);
  deepEqual(waits, [20_000]);
});

Deno.test("Backoff leaves long waits to its caller, with how long", async () => {
  const asked = new TargetError("unavailable", "Slow down", { retryAfterMs: 3_600_000 });
  await rejects(backoff().backoff.wait(asked, signal), { retryAfterMs: 3_600_000 });
});

Deno.test("Backoff starts over after progress", async () => {
  const { waits, backoff: one } = backoff();
  await one.wait(passing, signal);
  await one.wait(passing, signal);
  one.progressed();
  await one.wait(passing, signal);
  deepEqual(waits, [1000, 1999, 1000]);
});

Deno.test("Backoff waits for no other kind, and not after an abort", async () => {
  const denied = new TargetError("denied", "No");
  await rejects(backoff().backoff.wait(denied, signal), denied);
  const reason = new Error("given up");
  await rejects(backoff().backoff.wait(passing, AbortSignal.abort(reason)), reason);
});
