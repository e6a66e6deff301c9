/**
 * Judges how the copies on targets were checked by themselves. Pure: the facts come in.
 *
 * @module
 */

import type { CheckedCopies, CheckRule } from "../targets/checked_copies.ts";
import { spanMs } from "../words/span_ms.ts";
import type { HealthIssue } from "./judge_health.ts";

/** What is not as it should be with the checks that are wanted. */
export function copiesIssues(
  { at, copies = [] }: {
    readonly at: string;
    readonly copies?: readonly CheckedCopies[] | undefined;
  },
  rules: readonly CheckRule[],
): readonly HealthIssue[] {
  return rules.flatMap((rule) => {
    const known = copies.find(({ target }) => target === rule.target);
    return known === undefined ? [] : [...issuesOf(known, { at, every: rule.every })];
  });
}

function* issuesOf(
  { target, since, checkedAt, keyWrong }: CheckedCopies,
  { at, every }: { readonly at: string; readonly every: string },
): Generator<HealthIssue, void, undefined> {
  if (keyWrong) {
    yield {
      level: "error",
      code: "KEY_WRONG",
      message: `Target "${target}": the key at hand does not open the newest copy`,
      hint: `Find the right one, then look: holdfast key check ${target}`,
    };
  }
  const last = checkedAt ?? since;
  if (last !== null && Date.parse(at) - Date.parse(last) > 2 * spanMs(every)) {
    const when = checkedAt === null ? "never checked" : `last checked at ${checkedAt}`;
    yield {
      level: "warning",
      code: "COPIES_UNCHECKED",
      message: `Target "${target}": its copies were ${when}, wanted is every ${every}`,
      hint: "Is holdfast watch or the timer running? See what failed: holdfast log --failed",
    };
  }
}
