import { equal } from "node:assert/strict";
import { ago, exactMoment, moment, took } from "./moment.ts";

const now = Temporal.Instant.from("2026-11-21T10:20:00Z");
const here = { now, zone: "Europe/Berlin" };

Deno.test("moment() names today and yesterday in the person's zone", () => {
  equal(moment("2026-11-20T23:30:00Z", here), "today 00:30");
  equal(moment("2026-11-20T08:15:59Z", here), "yesterday 09:15");
  equal(moment("2026-11-14T15:00:00.123Z", here), "2026-11-14 16:00");
});

Deno.test("exactMoment() tells the second and the offset", () => {
  equal(exactMoment("2026-07-14T15:00:07.9Z", "Europe/Berlin"), "2026-07-14 17:00:07 +02:00");
});

Deno.test("ago() counts in the largest unit that fits", () => {
  equal(ago("2026-11-21T10:19:30Z", now), "just now");
  equal(ago("2026-11-21T10:15:00Z", now), "5 min ago");
  equal(ago("2026-11-21T08:00:00Z", now), "2 h ago");
  equal(ago("2026-11-20T08:00:00Z", now), "1 day ago");
  equal(ago("2026-11-09T08:00:00Z", now), "12 days ago");
  equal(ago("2026-11-21T13:20:00Z", now), "in 3 h");
});

Deno.test("took() is short", () => {
  equal(took(420), "0.4 s");
  equal(took(12_300), "12 s");
  equal(took(185_000), "3 min 05 s");
});
