import { deepEqual, equal, rejects } from "node:assert/strict";
import { type Done, pendingCalls } from "./pending_calls.ts";

const { signal } = new AbortController();

Deno.test("pendingCalls gives the result or the error of each", async () => {
  const calls = pendingCalls({ timeoutMs: 60_000, onSilent: () => {} });
  equal(await calls.call<number>((done) => done(null, 5), { signal }), 5);
  await rejects(
    calls.call((done) => done(new RangeError("no"), undefined), { signal }),
    RangeError,
  );
  const throwing = calls.call(() => {
    throw new RangeError("no");
  }, { signal });
  await rejects(throwing, RangeError);
});

Deno.test("pendingCalls ends with the signal and hands on what comes late", async () => {
  const calls = pendingCalls({ timeoutMs: 60_000, onSilent: () => {} });
  const abort = new AbortController();
  const reason = new Error("enough");
  const found: number[] = [];
  let answer: Done<number> = () => {};
  const waiting = calls.call<number>((done) => void (answer = done), {
    signal: abort.signal,
    late: (result) => found.push(result),
  });
  abort.abort(reason);
  await rejects(waiting, reason);
  answer(null, 7);
  deepEqual(found, [7]);
  await rejects(calls.call(() => {}, { signal: abort.signal }), reason);
});

Deno.test("pendingCalls ends all when the server is silent", async () => {
  const silent = new Error("silent");
  const calls = pendingCalls({ timeoutMs: 1, onSilent: () => calls.rejectAll(silent) });
  const waiting = [1, 2].map(() => calls.call(() => {}, { signal }));
  for (const call of waiting) call.catch(() => {});
  for (const call of waiting) await rejects(call, silent);
});
