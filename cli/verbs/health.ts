/**
 * Says whether the backups are as they should be.
 *
 * @module
 */

import { formatByteSize } from "../../core/words/byte_size.ts";
import type { Health } from "../../core/health.ts";
import type { HealthIssue } from "../../core/health/judge_health.ts";
import { healthMetrics } from "../../core/health/prometheus.ts";
import type { ChosenPlace } from "../choose_database.ts";
import { eachPlace } from "../each_place.ts";
import { escapeText } from "../escape.ts";
import { UNHEALTHY } from "../exit_code.ts";
import { plural, wallTime } from "../format.ts";
import { healthOf } from "../health_of.ts";
import { paint } from "../paint.ts";
import type { Outcome } from "../printer.ts";
import type { Screen } from "../screen.ts";
import type { Run } from "../session.ts";
import { fitting } from "../table.ts";
import { indented } from "../wrap_words.ts";

/** The options of the command. */
export interface HealthFlags {
  readonly maxAge?: string | undefined;
  readonly strict?: boolean | undefined;
  readonly prometheus?: boolean | undefined;
}

/** Looks at every chosen database. */
export async function healthVerb(
  run: Run,
  names: readonly string[],
  { maxAge, strict = false, prometheus = false }: HealthFlags,
): Promise<Outcome> {
  const { seen: all, failed, ...ended } = await eachPlace(
    run,
    names,
    (place) => one(run, place, maxAge),
  );
  const bad = all.some(({ status }) => status === "error" || strict && status === "warning");
  return {
    verb: "health",
    data: { databases: all, ...failed },
    text: prometheus
      ? healthMetrics(all).trimEnd()
      : all.map((each) => textOf(run, each)).join("\n\n"),
    ...ended,
    exitCode: bad ? UNHEALTHY : ended.exitCode,
  };
}

async function one(run: Run, place: ChosenPlace, good: string | undefined): Promise<Health> {
  const { settings } = await place.configured();
  return await healthOf(place, { settings, run, good });
}

function textOf(run: Run, { status, database, issues, facts, nextRun }: Health): string {
  const { screen } = run.session;
  const { color } = screen;
  const zone = run.clock.zone();
  const colors = { healthy: "green", warning: "yellow", error: "red" } as const;
  const newest = facts.lastGood === null
    ? "no good backup"
    : `last good backup ${wallTime(facts.lastGood, zone)}`;
  const parts = [
    newest,
    plural(facts.count, "backup"),
    ...(facts.free === null ? [] : [`${formatByteSize(facts.free)} free`]),
    ...(nextRun === null ? [] : [`next ${wallTime(nextRun, zone)}`]),
  ];
  return [
    `${paint(status, colors[status], color)}  ${escapeText(database)}`,
    indented(parts.join(", "), 2, fitting(screen)),
    ...issues.map((issue) => issueText(issue, screen)),
  ].join("\n");
}

function issueText({ level, message, hint }: HealthIssue, screen: Screen): string {
  const sign = paint(level, level === "error" ? "red" : "yellow", screen.color);
  const room = fitting(screen);
  const what = indented(`${level}: ${escapeText(message)}`, 2, room).replace(level, sign);
  return `${what}\n${indented(escapeText(hint), 4, room)}`;
}
