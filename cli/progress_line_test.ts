import assert from "node:assert/strict";
import type { ProgressEvent } from "../core/events.ts";
import { clockTime, progressLine } from "./progress_line.ts";

const event: ProgressEvent = {
  type: "progress",
  job: "backup",
  phase: "snapshot",
  done: 250_000_000,
  total: 1_000_000_000,
  unit: "bytes",
};

Deno.test("progressLine() shows amount, rate and time left", () => {
  assert.equal(
    progressLine(event, { elapsedMs: 5_000, columns: 100 }),
    "copying  25%  250 MB of 1.0 GB  50.0 MB/s  0:15 left",
  );
});

Deno.test("progressLine() fits into any window", () => {
  for (let columns = 10; columns < 120; columns++) {
    const line = progressLine({ ...event, item: "a table with a long name" }, {
      elapsedMs: 5_000,
      columns,
    });
    assert.ok(line.length < columns, `${columns}: ${line}`);
    assert.ok(line.startsWith("copying"));
  }
});

Deno.test("progressLine() does without a total and escapes names", () => {
  const line = progressLine(
    { type: "progress", job: "verify", phase: "check", done: 3, unit: "tables", item: "a\u001bb" },
    { elapsedMs: 0, columns: 80 },
  );
  assert.equal(line, "checking  3 tables a\\eb");
});

Deno.test("progressLine() takes nothing for a total of nothing", () => {
  const line = progressLine({ ...event, done: 0, total: 0 }, { elapsedMs: 0, columns: 80 });
  assert.equal(line, "copying  0 B of 0 B");
});

Deno.test("clockTime() writes minutes and hours", () => {
  assert.equal(clockTime(5), "0:05");
  assert.equal(clockTime(65), "1:05");
  assert.equal(clockTime(7_380), "2:03:00");
});
