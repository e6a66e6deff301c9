/**
 * What tests of a plugin need: the named checks of the contracts, the reference
 * target, and faults.
 *
 * @module
 */

export type { Check, CheckResult, RunChecksOptions } from "./checks/check.ts";
export { runChecks } from "./checks/check.ts";
export type { TargetHarness } from "./checks/target_bench.ts";
export type { CheckTargetOptions } from "./check_target.ts";
export { checkTarget } from "./check_target.ts";
export type { MemoryTargetOptions } from "./memory_target.ts";
export { memoryTarget } from "./memory_target.ts";
export { targetChecks } from "./target_checks.ts";
