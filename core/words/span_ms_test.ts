import { equal, throws } from "node:assert/strict";
import { spanMs } from "./span_ms.ts";

Deno.test("spanMs counts milliseconds and refuses what is no time at all", () => {
  equal(spanMs("90m"), 5_400_000);
  equal(spanMs("7d"), 7 * 86_400_000);
  throws(() => spanMs("0d"), { code: "USAGE", message: /no time at all/ });
  throws(() => spanMs("soon"), { code: "USAGE" });
});
