import { equal, match, ok, rejects } from "node:assert/strict";
import { generateIdentity } from "age-encryption";
import { ageCipher, sealedState } from "./sealed_state.ts";
import { driveBench, mapStore } from "./testing/drive_bench.ts";

// Made once, outside of the tests: keys are made on other threads.
const identities = [await generateIdentity(), await generateIdentity()] as const;
const cipher = await ageCipher(identities[0]);
const other = await ageCipher(identities[1]);

Deno.test("sealedState keeps nothing readable and gives it back", async () => {
  const values = new Map<string, string>();
  const state = sealedState(mapStore(values), cipher);
  await state.set("tokens", "1//refresh");
  match(values.get("tokens") ?? "", /^-----BEGIN AGE ENCRYPTED FILE-----/);
  equal(await state.get("tokens"), "1//refresh");
  await state.delete("tokens");
  equal(await state.get("tokens"), undefined);
});

Deno.test("sealedState reads what was kept in the clear before", async () => {
  const state = sealedState(mapStore(new Map([["tokens", "plain"]])), cipher);
  equal(await state.get("tokens"), "plain");
});

Deno.test("sealedState says when the key is missing or another one", async () => {
  const values = new Map<string, string>();
  await sealedState(mapStore(values), cipher).set("tokens", "secret");
  await rejects(sealedState(mapStore(values), undefined).get("tokens"), { kind: "denied" });
  await rejects(sealedState(mapStore(values), other).get("tokens"), { kind: "denied" });
});

Deno.test("ageCipher refuses what is no identity, without quoting it", async () => {
  const error = await ageCipher("AGE-SECRET-KEY-1WRONG").catch((caught: unknown) => caught);
  ok(error instanceof Error && !Deno.inspect(error).includes("1WRONG"));
});

Deno.test("driveKind keeps its sign-in and its sessions encrypted on request", async () => {
  await using bench = await driveBench({ secrets: { tokenIdentity: identities[0] } });
  ok(bench.values.size > 0);
  for (const value of bench.values.values()) match(value, /^-----BEGIN AGE/);
  equal((await bench.kind.describe(bench.context)).connected, true);
});
