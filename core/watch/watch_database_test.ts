import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { HoldfastError } from "../errors.ts";
import { readSchedule } from "../schedule/schedule.ts";
import type { WatchPlan } from "./duty.ts";
import { watchDatabase, type WatchDatabaseOptions } from "./watch_database.ts";

/** A clock that its own waiting moves on: a year passes as fast as it is looked at. */
class RunningTime {
  #now: number;
  #elapsed = 0;
  readonly #until: number;
  readonly end = new AbortController();
  /** Moves the clock without time passing, after each wait. */
  jump: (now: Temporal.Instant) => Temporal.Instant = (now) => now;

  constructor(from: string, until: string) {
    this.#now = Temporal.Instant.from(from).epochMilliseconds;
    this.#until = Temporal.Instant.from(until).epochMilliseconds;
  }

  now(): Temporal.Instant {
    return Temporal.Instant.fromEpochMilliseconds(this.#now);
  }

  zone(): string {
    return "Europe/Berlin";
  }

  elapsed(): number {
    return this.#elapsed;
  }

  sleep(ms: number): Promise<void> {
    this.#now += ms;
    this.#elapsed += ms;
    this.#now = this.jump(this.now()).epochMilliseconds;
    if (this.#now >= this.#until) this.end.abort();
    return Promise.resolve();
  }
}

interface Ran {
  /** When each backup began, in Berlin, with its reason. */
  readonly backups: string[];
  readonly verified: string[];
}

async function ranFor(
  time: RunningTime,
  plan: Partial<WatchPlan>,
  options: Partial<WatchDatabaseOptions> & {
    readonly fails?: (now: Temporal.Instant) => boolean;
    readonly stamp?: () => string;
  } = {},
): Promise<Ran> {
  const ran: Ran = { backups: [], verified: [] };
  const here = (): string =>
    time.now().toZonedDateTimeISO("Europe/Berlin").toPlainDateTime().toString({
      smallestUnit: "minute",
    });
  await watchDatabase({
    plan: { seed: "app", ...plan },
    clock: time,
    timers: time,
    signal: new AbortController().signal,
    drain: time.end.signal,
    onEntry: () => undefined,
    lookMs: 15 * 60_000,
    work: {
      backup: (reason) => {
        ran.backups.push(`${here()} ${reason}`);
        if (options.fails?.(time.now()) === true) {
          throw new HoldfastError("DATABASE_BUSY", "The database is busy");
        }
        return Promise.resolve("taken");
      },
      verify: () => {
        ran.verified.push(here());
        return Promise.resolve("good");
      },
      history: () => Promise.resolve({}),
      stamp: () => Promise.resolve(options.stamp?.()),
      round: () => Promise.resolve(),
    },
    ...options,
  });
  return ran;
}

const nightly = readSchedule({ enabled: true, at: "02:30" }, { zone: "Europe/Berlin" });

Deno.test("watchDatabase runs a year of a schedule, one backup a day, over both changes of the clock", async () => {
  const time = new RunningTime("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
  const { backups } = await ranFor(time, { schedule: nightly });
  equal(backups.length, 365);
  const days = backups.map((each) => each.slice(0, 10));
  equal(new Set(days).size, 365);
  ok(
    backups.includes("2026-03-29T03:30 auto:schedule") ||
      backups.includes("2026-03-29T03:00 auto:schedule"),
  );
  equal(backups.filter((each) => each.startsWith("2026-10-25")), [
    "2026-10-25T02:30 auto:schedule",
  ]);
});

Deno.test("watchDatabase makes up once for what it slept through", async () => {
  const time = new RunningTime("2026-01-01T00:00:00Z", "2026-01-20T12:00:00Z");
  const asleep = Temporal.Instant.from("2026-01-05T00:00:00Z");
  const awake = Temporal.Instant.from("2026-01-15T12:00:00Z");
  time.jump = (now) =>
    Temporal.Instant.compare(now, asleep) >= 0 && Temporal.Instant.compare(now, awake) < 0
      ? awake
      : now;
  const { backups } = await ranFor(time, { schedule: nightly });
  equal(backups.map((each) => each.slice(0, 16)), [
    "2026-01-01T02:30",
    "2026-01-02T02:30",
    "2026-01-03T02:30",
    "2026-01-04T02:30",
    "2026-01-15T13:00",
    "2026-01-16T02:30",
    "2026-01-17T02:30",
    "2026-01-18T02:30",
    "2026-01-19T02:30",
    "2026-01-20T02:30",
  ]);
});

Deno.test("watchDatabase goes on after the clock was a year ahead for an hour", async () => {
  const time = new RunningTime("2026-01-01T00:00:00Z", "2026-01-06T00:00:00Z");
  let steps = 0;
  time.jump = (now) => {
    steps++;
    if (steps === 100) return now.add({ hours: 365 * 24 });
    return steps === 104 ? now.subtract({ hours: 365 * 24 }) : now;
  };
  // The end lies before the jump's goal: it is reached only by the true clock.
  const end = new RunningTime("2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z");
  end.jump = (now) => {
    const next = time.jump(now);
    if (steps > 600) end.end.abort();
    return next;
  };
  const { backups } = await ranFor(end, { schedule: nightly });
  const days = backups.map((each) => each.slice(0, 10));
  ok(days.includes("2026-01-03") && days.includes("2026-01-04"), days.join(" "));
  ok(backups.length <= 9, backups.join("\n"));
});

Deno.test("watchDatabase tries a failed run again with backoff, and the schedule goes on", async () => {
  const time = new RunningTime("2026-01-01T00:00:00Z", "2026-01-03T12:00:00Z");
  const healed = Temporal.Instant.from("2026-01-02T06:00:00Z");
  const { backups } = await ranFor(time, { schedule: nightly }, {
    fails: (now) => Temporal.Instant.compare(now, healed) < 0,
  });
  equal(backups.at(-1), "2026-01-03T02:30 auto:schedule");
  ok(backups.length > 20 && backups.length < 40, `${backups.length} tries in a day`);
});

Deno.test("watchDatabase takes one every 4 hours, and checks weekly", async () => {
  const time = new RunningTime("2026-01-01T00:00:00Z", "2026-01-29T00:00:00Z");
  const week = 7 * 24 * 3_600_000;
  const ran = await ranFor(time, { everyMs: 4 * 3_600_000, verifyEveryMs: week });
  equal(ran.backups.length, 28 * 6);
  equal(ran.verified.length, 3);
});

Deno.test("watchDatabase takes one after commits, once it is quiet", async () => {
  const time = new RunningTime("2026-01-01T00:00:00Z", "2026-01-01T02:00:00Z");
  let stamp = 0;
  time.jump = (now) => {
    const { minute, hour } = now.toZonedDateTimeISO("UTC");
    if (hour === 1 && minute < 10) stamp++;
    return now;
  };
  const onChange = { quietMs: 60_000, atMostEveryMs: 30 * 60_000 };
  const { backups } = await ranFor(time, { onChange }, {
    stamp: () => String(stamp),
    lookMs: 10_000,
  });
  equal(backups, ["2026-01-01T02:10 auto:timer"]);
});
