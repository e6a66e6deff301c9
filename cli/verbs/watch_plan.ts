/**
 * From settings and flags to what a watcher does when.
 *
 * @module
 */

import { readSchedule } from "../../core/schedule/schedule.ts";
import type { WatchPlan } from "../../core/watch/duty.ts";
import { spanMs } from "../../core/words/span_ms.ts";

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
    quietMs: spanMs(flags.quietFor ?? "10s"),
    atMostEveryMs: spanMs(flags.atMostEvery ?? "5m"),
  };
  return {
    seed,
    schedule: readSchedule(schedule, { zone }),
    everyMs: wanted === "off" ? undefined : spanMs(wanted),
    onChange: flags.onChange === true ? onChange : undefined,
    verifyEveryMs: flags.verifyEvery === "off" ? undefined : spanMs(flags.verifyEvery ?? "7d"),
  };
}
