import assert from "node:assert/strict";
import { refuseStrangePairs } from "./option_pairs.ts";

const pairs = { option: "target", only: ["sample"], never: ["expectTable"] };

Deno.test("refuseStrangePairs() takes what goes together", () => {
  refuseStrangePairs({}, pairs);
  refuseStrangePairs({ target: "usb", sample: "5%" }, pairs);
  refuseStrangePairs({ expectTable: ["works"] }, pairs);
});

Deno.test("refuseStrangePairs() names the option that could not do what it says, as it is typed", () => {
  assert.throws(() => refuseStrangePairs({ sample: "5%" }, pairs), {
    code: "USAGE",
    message: "Cannot use --sample without --target",
  });
  assert.throws(() => refuseStrangePairs({ target: "usb", expectTable: ["works"] }, pairs), {
    message: "Cannot use --expect-table together with --target",
  });
});
