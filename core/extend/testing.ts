/**
 * What tests of a plugin need: the named checks of the contracts, the reference
 * target, and faults.
 *
 * @module
 */

export type { Check, CheckResult, RunChecksOptions } from "./checks/check.ts";
export { runChecks } from "./checks/check.ts";
export type { CodecHarness } from "./checks/codec_bench.ts";
export type { TargetHarness } from "./checks/target_bench.ts";
export type { CheckFormatOptions, CheckTargetOptions } from "./check_plugin.ts";
export { checkCodec, checkFormat, checkTarget } from "./check_plugin.ts";
export { codecChecks } from "./codec_checks.ts";
export type { Fault, FaultOptions } from "./faulty_target.ts";
export { faultyTarget } from "./faulty_target.ts";
export type { FormatHarness } from "./format_checks.ts";
export { formatChecks } from "./format_checks.ts";
export type { MemoryTargetOptions } from "./memory_target.ts";
export { memoryTarget } from "./memory_target.ts";
export { targetChecks } from "./target_checks.ts";
