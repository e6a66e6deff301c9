import { equal, rejects } from "node:assert/strict";
import { TargetError, type TargetErrorKind } from "../../core/extend/mod.ts";
import { retriedPart } from "./retried_part.ts";

const { signal } = new AbortController();

/** Runs a step that fails so often; tells how often it ran. */
async function tries(failures: number, kind: TargetErrorKind): Promise<number> {
  let count = 0;
  await retriedPart(
    () => {
      count++;
      return count <= failures
        ? Promise.reject(new TargetError(kind, "Cannot try"))
        : Promise.resolve();
    },
    signal,
    () => Promise.resolve(),
  );
  return count;
}

Deno.test("retriedPart tries again only what is unavailable, three times in all", async () => {
  equal(await tries(0, "unavailable"), 1);
  equal(await tries(2, "unavailable"), 3);
  await rejects(tries(3, "unavailable"), { kind: "unavailable" });
  await rejects(tries(1, "denied"), { kind: "denied" });
});
