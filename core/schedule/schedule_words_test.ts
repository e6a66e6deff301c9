import assert from "node:assert/strict";
import { readSchedule } from "./schedule.ts";
import { describeSchedule } from "./schedule_words.ts";

for (
  const [schedule, words] of [
    [{ enabled: false }, "off"],
    [{}, "every day at 02:00 (UTC)"],
    [{ kind: "weekly", at: "9:05" }, "every Sunday at 09:05 (UTC)"],
    [{ cron: "30 4 * * 7" }, "every Sunday at 04:30 (UTC)"],
    [{ cron: "0 * * * *" }, "every hour (UTC)"],
    [{ cron: "15 * * * *" }, "every hour, at 15 minutes past (UTC)"],
    [{ cron: "0 */4 * * *" }, "every 4 hours (UTC)"],
    [{ cron: "*/20 * * * *" }, "every 20 minutes (UTC)"],
    [{ cron: "0 0 L * *" }, 'by the cron expression "0 0 L * *" (UTC)'],
    [{ cron: "*/7 * * * *" }, 'by the cron expression "*/7 * * * *" (UTC)'],
    [{ cron: "@daily" }, 'by the cron expression "@daily" (UTC)'],
    [
      { zone: "Asia/Tokyo", jitter: "10m", quiet: "09:00-17:30" },
      "every day at 02:00 (Asia/Tokyo), up to 10 minutes later, not from 09:00 to 17:30",
    ],
  ] as const
) {
  Deno.test(`describeSchedule says ${words}`, () => {
    assert.equal(
      describeSchedule(readSchedule({ enabled: true, ...schedule }, { zone: "UTC" })),
      words,
    );
  });
}
