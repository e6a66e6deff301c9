/**
 * What the kinds of a database's targets tell of themselves for `health`, from what is kept
 * here: nobody is asked.
 *
 * @module
 */

import type { DatabaseSettings } from "../../core/config/database_settings.ts";
import { withinTime } from "../../core/extend/within_time.ts";
import { type HealthIssue, issueOfFinding } from "../../core/health/judge_health.ts";
import { bundledPlugins, tellsHealth } from "../bundled_plugins.ts";
import { type AskingRun, kindOfTarget, placeFailure } from "./kind_of_target.ts";

/** It reads a file of ours: more time it does not need. */
const LIMIT_MS = 10_000;

/** What they tell; a target that is set up wrongly is an issue too. */
export async function targetIssues(
  run: AskingRun,
  { targets }: Pick<DatabaseSettings, "targets">,
): Promise<readonly HealthIssue[]> {
  const issues: HealthIssue[] = [];
  for (const [name, target] of Object.entries(targets)) {
    // What has nothing to tell is not imported to be asked: health has to stay fast.
    const isQuiet = Object.hasOwn(bundledPlugins, target.kind) && !tellsHealth.has(target.kind);
    if (!target.enabled || isQuiet) continue;
    try {
      const { kind, context } = await kindOfTarget(run, name, target);
      const findings = await withinTime(
        { ms: LIMIT_MS, signal: run.signal },
        async (signal) => await kind.health?.({ ...context, signal }) ?? [],
      );
      for (const finding of findings) issues.push(issueOfFinding(name, finding));
    } catch (error) {
      run.signal.throwIfAborted();
      const { message, hint } = placeFailure(error, name);
      issues.push(issueOfFinding(name, { kind: "unusable", level: "problem", message, hint }));
    }
  }
  return issues;
}
