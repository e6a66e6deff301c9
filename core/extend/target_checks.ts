/**
 * The promises of a target, each a check with a name: run against every target
 * in the tests, and by `holdfast target check` against a real one.
 *
 * @module
 */

import type { Check } from "./checks/check.ts";
import { failureChecks } from "./checks/failure_checks.ts";
import { listChecks } from "./checks/list_checks.ts";
import { putChecks } from "./checks/put_checks.ts";
import { readChecks } from "./checks/read_checks.ts";
import type { TargetHarness } from "./checks/target_bench.ts";

/** Every promise of a target. They touch keys of their own only and remove them. */
export const targetChecks: readonly Check<TargetHarness>[] = [
  ...putChecks,
  ...readChecks,
  ...listChecks,
  ...failureChecks,
];
