import { equal, rejects } from "node:assert/strict";
import { bytesBody } from "./body.ts";
import { randomBytes } from "./checks/target_bench.ts";
import { type Fault, faultyTarget } from "./faulty_target.ts";
import { memoryTarget } from "./memory_target.ts";

const { signal } = new AbortController();
const bytes = randomBytes(1_000);

/** A target with one object and a fault in what follows. */
async function faulty(fault: Fault, times?: number) {
  const memory = memoryTarget();
  await memory.put("a", bytesBody(bytes), { signal });
  return faultyTarget(memory, fault, { times });
}

Deno.test("faultyTarget does what each fault says, so often", async () => {
  const read = async (fault: Fault, times?: number) =>
    await new Response(await (await faulty(fault, times)).get("a", { signal })).bytes();
  equal((await read("short_stream")).length, 999);
  await rejects(read("broken_stream"), { kind: "unavailable" });
  equal((await read("flipped_byte")).toHex() === bytes.toHex(), false);
  equal((await read("flipped_byte", 0)).toHex() === bytes.toHex(), true);
  const keys = async (fault: Fault) =>
    (await Array.fromAsync((await faulty(fault)).list("", { signal }))).length;
  equal(await keys("twin"), 2);
  equal(await keys("lag"), 0);
  equal(await (await faulty("lag")).stat("a", { signal }), undefined);
  const short = await faulty("short_body");
  await short.put("b", bytesBody(bytes), { signal });
  equal((await short.stat("b", { signal }))?.size, 999);
  const full = await faulty("full");
  await rejects(full.put("b", bytesBody(bytes), { signal }), { kind: "full" });
  equal(await full.stat("b", { signal }), undefined);
  await rejects((await faulty("denied")).remove("a", { signal }), { kind: "denied" });
  await rejects((await faulty("throws")).remove("a", { signal }), RangeError);
});
