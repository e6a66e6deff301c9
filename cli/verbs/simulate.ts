/**
 * Shows what a policy would leave over time.
 *
 * @module
 */

import { formatByteSize } from "../../core/words/byte_size.ts";
import { policyFor } from "../../core/config/job_options.ts";
import { defaultRetention } from "../../core/retention/retention_policy.ts";
import { simulate } from "../../core/retention/retention_simulation.ts";
import { stats } from "../../core/stats.ts";
import type { ChosenPlace } from "../choose_database.ts";
import { plural } from "../format.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { table } from "../table.ts";
import { jobOptions } from "./job_options.ts";

/** With the size and the growth that the database has now. */
export async function simulateVerb(
  run: Run,
  place: ChosenPlace,
  flags: { readonly every?: string | undefined; readonly for?: string | undefined },
): Promise<Outcome> {
  const { policy = defaultRetention(), zone = run.clock.zone() } = policyFor(
    await place.configured(),
  );
  const { sizes, databaseGrowth } = await stats(jobOptions(run, place));
  const options = {
    every: flags.every ?? "1d",
    for: flags.for ?? "1y",
    start: run.clock.now(),
    zone,
    size: sizes.at(-1)?.bytes ?? 0,
    growth: databaseGrowth ?? 0,
  };
  const result = simulate(policy, options);
  const { end } = result;
  const rows = await table(result.months, [
    { title: "AT THE END OF", cell: ({ at }) => day(at, zone).slice(0, 7) },
    { title: "BACKUPS", cell: ({ count }) => String(count), align: "right" },
    { title: "SIZE", cell: ({ bytes }) => formatByteSize(bytes), align: "right" },
    { title: "BACK TO", cell: ({ oldest }) => day(oldest, zone) },
  ]);
  const sum = `${plural(end.count, "backup")}, ${formatByteSize(end.bytes)}, back to ${
    day(end.oldest, zone)
  }; at most ${formatByteSize(result.peakBytes)} at once`;
  return { verb: "prune", data: { simulation: result }, text: `${rows}\n${sum}` };
}

function day(instant: string, zone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}
