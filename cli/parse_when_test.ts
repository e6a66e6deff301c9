import assert from "node:assert/strict";
import { SteppedTime } from "../tests/support/stepped_time.ts";
import { parseSince, parseUntil } from "./parse_when.ts";

const run = { clock: new SteppedTime("2026-03-30T09:00:00Z", "Europe/Berlin") };

for (
  const [text, since, until] of [
    // The clock was put forward in between: a day is a day of the calendar.
    ["7d", "2026-03-23T10:00:00Z", "2026-03-23T10:00:00Z"],
    ["2h ago", "2026-03-30T07:00:00Z", "2026-03-30T07:00:00Z"],
    ["yesterday", "2026-03-28T23:00:00Z", "2026-03-29T21:59:59.999999999Z"],
    ["2026-03-30", "2026-03-29T22:00:00Z", "2026-03-30T21:59:59.999999999Z"],
  ] as const
) {
  Deno.test(`parseSince() and parseUntil() take "${text}": a day from its beginning to its end`, () => {
    assert.equal(parseSince(run, text).toString(), since);
    assert.equal(parseUntil(run, text).toString(), until);
  });
}
