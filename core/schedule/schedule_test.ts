import assert from "node:assert/strict";
import { HoldfastError } from "../errors.ts";
import { readSchedule } from "./schedule.ts";

const zone = "Europe/Berlin";

Deno.test("readSchedule is off, daily at 02:00 by default", () => {
  const schedule = readSchedule({}, { zone });
  assert.equal(schedule.enabled, false);
  assert.equal(schedule.cron, "0 2 * * *");
  assert.equal(schedule.zone, zone);
  assert.equal(readSchedule({ kind: "weekly" }, { zone }).cron, "0 2 * * 0");
  assert.equal(
    readSchedule({ kind: "weekly", day: "friday", at: "9:05" }, { zone }).cron,
    "5 9 * * 5",
  );
  assert.equal(readSchedule({ cron: "@hourly" }, { zone }).kind, "cron");
});

for (
  const [schedule, message, hint] of [
    [null, "null", "object"],
    ["daily", '"daily"', "object"],
    [{ enabeld: true }, "schedule.enabeld", '"enabled"'],
    [{ enabled: "yes" }, '"yes" for "schedule.enabled"', "true or false"],
    [{ kind: "weakly" }, '"weakly"', 'perhaps "weekly"'],
    [{ kind: "cron" }, "schedule.cron", "0 2 * * *"],
    [{ kind: "daily", cron: "0 2 * * *" }, "schedule.cron", "left out"],
    [{ at: "25:00" }, '"25:00" for "schedule.at"', "02:00"],
    [{ at: "24:00" }, '"24:00"', "02:00"],
    [{ at: "2" }, '"2"', "02:00"],
    [{ at: 2 }, "2", "text"],
    [{ day: "sonntag" }, '"sonntag" for "schedule.day"', "monday"],
    [{ zone: "Mars/Olympus" }, '"Mars/Olympus" for "schedule.zone"', "IANA"],
    [{ zone: "+02:00" }, '"+02:00"', "IANA"],
    [{ zone: "" }, '""', "IANA"],
    [{ cron: "whenever" }, '"whenever" for "schedule.cron"', "cron expression"],
    [{ cron: "60 * * * *" }, '"60 * * * *"', "60"],
    [{ cron: "0 0 30 2 *" }, '"0 0 30 2 *"', "exists"],
    [{ cron: "* * * * * *" }, '"* * * * * *"', "once a minute"],
    [{ cron: "" }, '""', "cron"],
    [{ jitter: "often" }, '"often" for "schedule.jitter"', "10m"],
    [{ jitter: "2d" }, '"2d"', "a day"],
    [{ quiet: "09:00" }, '"09:00" for "schedule.quiet"', "09:00-17:30"],
    [{ quiet: "09:00-09:00" }, '"09:00-09:00"', "window"],
    [{ quiet: "09:00-26:00" }, '"09:00-26:00"', "window"],
    [{ retentionDays: 0 }, '0 for "schedule.retentionDays"', "from 1"],
  ] as const
) {
  Deno.test(`readSchedule refuses ${JSON.stringify(schedule)}`, () => {
    assert.throws(() => readSchedule(schedule, { zone }), (error) => {
      assert.ok(error instanceof HoldfastError);
      assert.equal(error.code, "CONFIG_INVALID");
      assert.ok(error.message.includes(message), error.message);
      assert.ok(error.hint?.includes(hint), error.hint);
      return true;
    });
  });
}
