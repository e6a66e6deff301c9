/**
 * From settings and flags to what a watcher does when.
 *
 * @module
 */

import { HoldfastError } from "../../core/errors.ts";
import { readSchedule } from "../../core/schedule/schedule.ts";
import type { WatchPlan } from "../../core/watch/duty.ts";
import { parseDuration } from "../../core/words/duration_expression.ts";

/** The options of the command. */
export interface WatchFlags {
  readonly every?: string | undefined;
  readonly onChange?: boolean | undefined;
  readonly quietFor?: string | undefined;
  readonly atMostEvery?: string | undefined;
  readonly verifyEvery?: string | undefined;
}

/** The plan from the settings and the flags, checked: `USAGE` names a wrong duration. */
export function planOf(
  seed: string,
  { flags, every, schedule, zone }: {
    readonly flags: WatchFlags;
    readonly every: string;
    readonly schedule: unknown;
    readonly zone: string;
  },
): WatchPlan {
  const wanted = flags.every ?? every;
  const onChange = {
    quietMs: ms(flags.quietFor ?? "10s"),
    atMostEveryMs: ms(flags.atMostEvery ?? "5m"),
  };
  return {
    seed,
    schedule: readSchedule(schedule, { zone }),
    everyMs: wanted === "off" ? undefined : ms(wanted),
    onChange: flags.onChange === true ? onChange : undefined,
    verifyEveryMs: flags.verifyEvery === "off" ? undefined : ms(flags.verifyEvery ?? "7d"),
  };
}

function ms(text: string): number {
  const total = parseDuration(text).total({ unit: "milliseconds", relativeTo: "2000-01-01" });
  if (total > 0) return total;
  throw new HoldfastError("USAGE", `Cannot use the duration "${text}": it is no time at all`, {
    hint: 'Write it like "4h", or "off".',
  });
}
