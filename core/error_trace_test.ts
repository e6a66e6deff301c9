import { equal, match } from "node:assert/strict";
import { traceOf } from "./error_trace.ts";
import { HoldfastError } from "./errors.ts";

Deno.test("traceOf tells where a defect happened, and nothing of what a person wrote wrongly", () => {
  const cause = new RangeError("Invalid hour");
  match(traceOf(new HoldfastError("BACKUP_FAILED", "Cannot", { cause })) ?? "", /error_trace_test/);
  equal(traceOf(new HoldfastError("CONFIG_INVALID", "Cannot", { cause })), undefined);
  equal(traceOf(new HoldfastError("USAGE", "Cannot", { cause })), undefined);
});
