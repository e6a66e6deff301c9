/**
 * Counts the backups, and draws their sizes.
 *
 * @module
 */

import { formatByteSize } from "../../core/words/byte_size.ts";
import { statsMetrics } from "../../core/health/prometheus.ts";
import { type Stats, stats } from "../../core/stats.ts";
import { eachPlace } from "../each_place.ts";
import { escapeText } from "../escape.ts";
import { plural, wallTime } from "../format.ts";
import type { Outcome } from "../printer.ts";
import { refuseWrongPath } from "../refuse_wrong_path.ts";
import type { Run } from "../session.ts";
import { sparkline } from "../sparkline.ts";
import { table } from "../table.ts";
import { jobOptions } from "./job_options.ts";

/** Counts those of every chosen database. */
export async function statsVerb(
  run: Run,
  names: readonly string[],
  { prometheus = false }: { readonly prometheus?: boolean | undefined },
): Promise<Outcome> {
  const { seen: all, failed, ...ended } = await eachPlace(
    run,
    names,
    async (place) => {
      const found = await stats(jobOptions(run, place));
      if (found.count === 0) await refuseWrongPath(found);
      return found;
    },
  );
  const text = prometheus
    ? statsMetrics(all).trimEnd()
    : (await Promise.all(all.map((each) => textOf(run, each)))).join("\n\n");
  return { verb: "stats", data: { databases: all, ...failed }, text, ...ended };
}

async function textOf(run: Run, found: Stats): Promise<string> {
  const zone = run.clock.zone();
  const { count, bytes, average, good, pinned, missing, trash, oldest, newest } = found;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["backups", `${count}, ${good} good, ${pinned} pinned`],
    ["missing", missing === 0 ? undefined : String(missing)],
    ["size", `${formatByteSize(bytes)}, ${formatByteSize(average)} each`],
    ["trash", trash.count === 0 ? undefined : `${trash.count}, ${formatByteSize(trash.bytes)}`],
    ["oldest", oldest === null ? undefined : wallTime(oldest, zone)],
    ["newest", newest === null ? undefined : wallTime(newest, zone)],
    ["growth", growthText(found)],
  ];
  const lines = facts.flatMap(([key, value]) =>
    value === undefined ? [] : [`${key.padEnd(8)} ${value}`]
  );
  const { screen } = run.session;
  const chart = sparkline(
    found.sizes.map(({ bytes }) => bytes),
    Math.min(60, screen.columns() - 9),
  );
  if (screen.out.isTerminal && found.sizes.length > 1) lines.push(`sizes    ${chart}`);
  const reasons = await table(Object.entries(found.reasons), [
    { title: "REASON", cell: ([reason]) => reason },
    { title: "BACKUPS", cell: ([, tally]) => String(tally.count), align: "right" },
    { title: "SIZE", cell: ([, tally]) => formatByteSize(tally.bytes), align: "right" },
  ]);
  const head = `${escapeText(found.database)}: ${plural(count, "backup")}`;
  return [head, ...lines, ...(count === 0 ? [] : ["", reasons])].join("\n");
}

function growthText({ databaseGrowth, directoryGrowth }: Stats): string | undefined {
  const parts = [
    ...(databaseGrowth === null ? [] : [`database ${perDay(databaseGrowth)}`]),
    ...(directoryGrowth === null ? [] : [`backups ${perDay(directoryGrowth)}`]),
  ];
  return parts.length === 0 ? undefined : parts.join(", ");
}

function perDay(bytes: number): string {
  const sign = bytes < 0 ? "-" : "+";
  return `${sign}${formatByteSize(Math.round(Math.abs(bytes)))} a day`;
}
