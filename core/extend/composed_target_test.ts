import { deadlineTarget, limitedTarget, prefixedTarget, retryingTarget } from "./mod.ts";
import { checkTarget, faultyTarget, memoryTarget } from "./testing.ts";

Deno.test("wrappers of targets keep the promises of a target together, as the host stacks them", async () => {
  const flaky = faultyTarget(memoryTarget(), "unavailable", { times: 3 });
  await checkTarget(() =>
    retryingTarget(
      deadlineTarget(limitedTarget(prefixedTarget(flaky, "holdfast/"), { bytesPerSecond: 1e12 })),
      { sleep: () => Promise.resolve() },
    )
  );
});
