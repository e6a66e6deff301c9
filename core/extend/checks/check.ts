/**
 * A promise of a contract as a check with a name, without a test framework.
 *
 * @module
 */

/** One promise of a contract. */
export interface Check<Harness> {
  /** The promise, as a sentence: what a deviation is listed by. */
  readonly name: string;
  /** Tries it; throws where it is broken. Leaves nothing behind. */
  run(harness: Harness): Promise<void>;
}

/** What came of one check. */
export interface CheckResult {
  /** The check's name. */
  readonly name: string;
  /** What came of it. */
  readonly outcome: "passed" | "failed" | "skipped";
  /** Why it was skipped. */
  readonly reason?: string | undefined;
  /** Why it failed. */
  readonly error?: unknown;
}

/** What {@linkcode runChecks} is given. */
export interface RunChecksOptions {
  /** Checks that are left out, by name, each with the reason. */
  readonly skip?: Readonly<Record<string, string>> | undefined;
  /** Runs one check under its name, for test frameworks; it throws or reports what the check throws. */
  readonly step?: ((name: string, run: () => Promise<void>) => Promise<unknown>) | undefined;
  /** Called after each check. */
  readonly onResult?: ((result: CheckResult) => void) | undefined;
}

/**
 * Runs every check, one after the other, and tells what came of each. Throws a
 * `RangeError` where `skip` names no check or gives no reason.
 */
export async function runChecks<Harness>(
  checks: readonly Check<Harness>[],
  harness: Harness,
  options: RunChecksOptions = {},
): Promise<readonly CheckResult[]> {
  const skip = options.skip ?? {};
  for (const [name, reason] of Object.entries(skip)) {
    if (!checks.some((check) => check.name === name)) {
      throw new RangeError(`Cannot skip the check "${name}": there is none of that name`);
    }
    if (reason.trim() === "") throw new RangeError(`Cannot skip "${name}" without a reason`);
  }
  const results: CheckResult[] = [];
  for (const check of checks) {
    const result = await runCheck(check, harness, options);
    results.push(result);
    options.onResult?.(result);
  }
  return results;
}

/** Runs one check. */
async function runCheck<Harness>(
  check: Check<Harness>,
  harness: Harness,
  options: RunChecksOptions,
): Promise<CheckResult> {
  const { name } = check;
  const reason = options.skip?.[name];
  if (reason !== undefined) return { name, outcome: "skipped", reason };
  const run = (): Promise<void> => check.run(harness);
  try {
    await (options.step === undefined ? run() : options.step(name, run));
    return { name, outcome: "passed" };
  } catch (error) {
    return { name, outcome: "failed", error };
  }
}

/** Throws an `AggregateError` that names the checks that failed, if any did. */
export function assertAllPassed(results: readonly CheckResult[]): void {
  const failed = results.filter(({ outcome }) => outcome === "failed");
  if (failed.length === 0) return;
  throw new AggregateError(
    failed.map(({ error }) => error),
    `${failed.length} of ${results.length} checks failed: ` +
      failed.map(({ name, error }) => `"${name}" (${reasonOf(error)})`).join(", "),
  );
}

/** One line about an error. */
function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
}
