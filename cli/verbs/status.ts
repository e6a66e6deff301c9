/**
 * Says how each database stands: its last good backup, its schedule, its watcher.
 *
 * @module
 */

import { basename } from "node:path";
import type { Health } from "../../core/health.ts";
import { describeSchedule } from "../../core/schedule/schedule_words.ts";
import { readWatchMark, type WatchMark } from "../../core/watch/watch_mark.ts";
import type { ChosenPlace } from "../choose_database.ts";
import { eachPlace } from "../each_place.ts";
import { escapeText } from "../escape.ts";
import { UNHEALTHY } from "../exit_code.ts";
import { healthOf } from "../health_of.ts";
import type { Outcome } from "../printer.ts";
import { scheduleOf } from "../schedule_of.ts";
import type { Run } from "../session.ts";
import { fitting } from "../table.ts";
import { indented } from "../wrap_words.ts";

/** A watcher that was not seen for so long is dead: it says so every 10 minutes. */
const DEAD_MS = 30 * 60_000;

/** How one database stands. */
interface Stands {
  readonly database: string;
  readonly directory: string;
  readonly health: Health["status"];
  readonly lastGood: string | null;
  readonly nextBackup: string | null;
  readonly schedule: string | null;
  readonly watcher: (WatchMark & { readonly alive: boolean }) | null;
}

/** Asks the catalogs alone, so it works from anywhere. */
export async function statusVerb(run: Run, names: readonly string[]): Promise<Outcome> {
  const { seen: all, failed, ...ended } = await eachPlace(
    run,
    names,
    (place) => standsOf(run, place),
  );
  const isDead = all.some(({ stands: { watcher } }) =>
    watcher !== null && watcher.state === "running" && !watcher.alive
  );
  const isBad = isDead || all.some(({ stands }) => stands.health === "error");
  return {
    verb: "status",
    data: { databases: all.map(({ stands }) => stands), ...failed },
    text: all.map((each) => textOf(run, each)).join("\n\n"),
    ...ended,
    exitCode: isBad ? UNHEALTHY : ended.exitCode,
  };
}

async function standsOf(
  run: Run,
  place: ChosenPlace,
): Promise<{ readonly stands: Stands; readonly found: Health; readonly name: string }> {
  const { settings } = await place.configured();
  const schedule = scheduleOf(settings, run.clock.zone());
  const found = await healthOf(place, { settings, run });
  const mark = await readWatchMark(found.directory);
  const age = mark === undefined ? 0 : run.clock.now().epochMilliseconds - Date.parse(mark.seen);
  const watcher = mark === undefined
    ? null
    : { ...mark, alive: mark.state === "running" && age < DEAD_MS };
  const nextBackup = watcher?.alive === true ? watcher.next : found.nextRun;
  return {
    name: place.name ?? basename(found.database),
    found,
    stands: {
      database: found.database,
      directory: found.directory,
      health: found.status,
      lastGood: found.facts.lastGood,
      nextBackup,
      schedule: schedule === undefined ? null : describeSchedule(schedule),
      watcher,
    },
  };
}

function textOf(
  { clock, session }: Run,
  { stands, found, name }: {
    readonly stands: Stands;
    readonly found: Health;
    readonly name: string;
  },
): string {
  const { watcher } = stands;
  const room = fitting(session.screen);
  const here = (instant: string | null): string =>
    instant === null ? "none" : Temporal.Instant.from(instant).toZonedDateTimeISO(clock.zone())
      .toString({ smallestUnit: "minute", timeZoneName: "never", offset: "never" })
      .replace("T", " ");
  const words = watcher === null
    ? "none"
    : watcher.alive
    ? `watching since ${here(watcher.since)} (process ${watcher.pid} on ${watcher.host})`
    : watcher.state === "stopped"
    ? `stopped ${here(watcher.seen)}`
    : `DEAD: last seen ${here(watcher.seen)} (process ${watcher.pid} on ${watcher.host})`;
  return [
    `${escapeText(name)}: ${stands.health}`,
    `  last good    ${here(stands.lastGood)}`,
    `  next backup  ${here(stands.nextBackup)}`,
    `  schedule     ${stands.schedule ?? "off"}`,
    `  watcher      ${escapeText(words)}`,
    ...found.issues.map(({ message, hint }) =>
      indented(`! ${escapeText(`${message}. ${hint}`)}`, 2, room)
    ),
  ].join("\n");
}
