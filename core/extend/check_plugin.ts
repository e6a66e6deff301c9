/**
 * The checks of a contract as one call, for tests.
 *
 * @module
 */

import { assertAllPassed, runChecks, type RunChecksOptions } from "./checks/check.ts";
import type { TargetHarness } from "./checks/target_bench.ts";
import type { Codec } from "./codec.ts";
import { codecChecks } from "./codec_checks.ts";
import type { Format } from "./format.ts";
import { formatChecks, type FormatHarness } from "./format_checks.ts";
import type { Target } from "./target.ts";
import { targetChecks } from "./target_checks.ts";

/** What {@linkcode checkTarget} is given. */
export interface CheckTargetOptions extends RunChecksOptions, Omit<TargetHarness, "make"> {}

/**
 * Runs every check of a target and throws an `AggregateError` that names those
 * that failed. `skip` lists deviations by the name of the check, with a reason.
 *
 * @param make Makes the target anew for each check.
 * @param options What is skipped, how a test framework names each, how the place lags.
 *
 * @example
 * ```ts
 * import { checkTarget, memoryTarget } from "@holdfast/holdfast/testing";
 *
 * Deno.test("memoryTarget keeps the promises of a target", async (t) => {
 *   await checkTarget(() => memoryTarget(), { step: (name, run) => t.step(name, run) });
 * });
 * ```
 */
export async function checkTarget(
  make: () => Target | Promise<Target>,
  options: CheckTargetOptions = {},
): Promise<void> {
  assertAllPassed(await runChecks(targetChecks, { ...options, make }, options));
}

/** Runs every check of a codec and throws an `AggregateError` that names those that failed. */
export async function checkCodec(
  make: () => Codec | Promise<Codec>,
  options: RunChecksOptions = {},
): Promise<void> {
  assertAllPassed(await runChecks(codecChecks, { make }, options));
}

/** What {@linkcode checkFormat} is given. */
export interface CheckFormatOptions extends RunChecksOptions, Pick<FormatHarness, "scratch"> {}

/** Runs every check of a format and throws an `AggregateError` that names those that failed. */
export async function checkFormat(
  make: () => Format | Promise<Format>,
  options: CheckFormatOptions,
): Promise<void> {
  assertAllPassed(await runChecks(formatChecks, { make, scratch: options.scratch }, options));
}
