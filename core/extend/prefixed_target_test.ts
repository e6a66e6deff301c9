import { deepEqual } from "node:assert/strict";
import { bytesBody } from "./body.ts";
import { checkTarget } from "./check_plugin.ts";
import { memoryTarget } from "./memory_target.ts";
import { prefixedTarget } from "./prefixed_target.ts";

Deno.test("prefixedTarget keeps the promises of a target", async () => {
  await checkTarget(() => prefixedTarget(memoryTarget(), "deep/er/"));
});

Deno.test("prefixedTarget sees its part only", async () => {
  const { signal } = new AbortController();
  const memory = memoryTarget();
  const part = prefixedTarget(memory, "mine/");
  await memory.put("other/a", bytesBody(new Uint8Array(1)), { signal });
  await part.put("a", bytesBody(new Uint8Array(1)), { signal });
  const keys = async (target: typeof memory): Promise<string[]> =>
    (await Array.fromAsync(target.list("", { signal }), ({ key }) => key)).sort();
  deepEqual(await keys(part), ["a"]);
  deepEqual(await keys(memory), ["mine/a", "other/a"]);
});
