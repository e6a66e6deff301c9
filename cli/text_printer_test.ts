import assert from "node:assert/strict";
import { HoldfastError } from "../core/errors.ts";
import type { HoldfastEvent, Phase } from "../core/events.ts";
import { jsonPrinter } from "./json_printer.ts";
import type { Screen } from "./screen.ts";
import { textPrinter } from "./text_printer.ts";

interface Recorded extends Screen {
  readonly written: { out: string; err: string };
}

function recorded(options: { readonly cursor: boolean }): Recorded {
  const written = { out: "", err: "" };
  return {
    written,
    out: { isTerminal: false, write: (text) => void (written.out += text) },
    err: { isTerminal: options.cursor, write: (text) => void (written.err += text) },
    columns: () => 80,
    color: false,
    cursor: options.cursor,
  };
}

function progress(phase: Phase, done: number): HoldfastEvent {
  return { type: "progress", job: "backup", phase, done, total: 10, unit: "steps" };
}

const warning: HoldfastEvent = {
  type: "warning",
  job: "backup",
  code: "LARGE",
  message: "It is\nlarge",
  hint: "Look",
};
const error = new HoldfastError("NO_SPACE", "Cannot write", { hint: "Free some" });

Deno.test("textPrinter() and jsonPrinter() tell where a defect happened, of other errors nothing", () => {
  const defect = new HoldfastError("BACKUP_FAILED", "x is no function", {
    cause: Object.assign(new TypeError(), { stack: "TypeError: x\n    at y.ts:1\u001b[2J" }),
  });
  const screen = recorded({ cursor: false });
  textPrinter(screen, { quiet: false, elapsed: () => 0 }).failure("backup", defect);
  const text = "error BACKUP_FAILED: x is no function\nTypeError: x\n    at y.ts:1 [2J\n";
  assert.equal(screen.written.err, text);
  jsonPrinter(screen, { quiet: false, elapsed: () => 0 }).failure("backup", defect);
  assert.match(screen.written.out, /"trace":"TypeError: x\\n {4}at y\.ts:1/);
  jsonPrinter(screen, { quiet: false, elapsed: () => 0 }).failure("backup", error);
  assert.ok(!screen.written.out.split("\n")[1]?.includes("trace"));
});

Deno.test("textPrinter() writes one line per phase where nothing can be redrawn", () => {
  const screen = recorded({ cursor: false });
  const printer = textPrinter(screen, { quiet: false, elapsed: () => 0 });
  for (const phase of ["snapshot", "hash", "check", "hash", "check"] as const) {
    for (let done = 0; done <= 10; done++) printer.event(progress(phase, done));
  }
  printer.event({ type: "finished", job: "backup", summary: "", elapsedMs: 1 });
  printer.event(progress("snapshot", 0));
  assert.equal(screen.written.err, "copying\nhashing\nchecking\ncopying\n");
});

Deno.test("textPrinter() draws one line on a terminal, ten times a second, and takes it away", () => {
  const screen = recorded({ cursor: true });
  let now = 0;
  const printer = textPrinter(screen, { quiet: false, elapsed: () => now });
  for (let done = 0; done <= 10; done++) {
    now += 50;
    printer.event(progress("snapshot", done));
  }
  printer.result({ verb: "backup", data: {}, text: "done", note: "next" });
  assert.equal(screen.written.err.split("copying").length - 1, 6);
  assert.ok(!screen.written.err.includes("\ncopying"));
  assert.ok(screen.written.err.endsWith("\r\u001b[2Knext\n"));
  assert.equal(screen.written.out, "done\n");
});

Deno.test("textPrinter() prints warnings and errors even where it is quiet", () => {
  const screen = recorded({ cursor: false });
  const printer = textPrinter(screen, { quiet: true, elapsed: () => 0 });
  printer.event(progress("snapshot", 1));
  printer.event(warning);
  printer.failure("backup", error);
  printer.result({ verb: "backup", data: {}, text: "done", note: "next" });
  assert.equal(
    screen.written.err,
    "warning: It is\\nlarge\n  Look\nerror NO_SPACE: Cannot write\n  Free some\n",
  );
  assert.equal(screen.written.out, "done\n");
});

Deno.test("jsonPrinter() writes events at a pace, first and last word always, then the result", () => {
  const screen = recorded({ cursor: false });
  let now = 0;
  const printer = jsonPrinter(screen, { quiet: false, elapsed: () => now });
  for (let done = 0; done <= 10; done++) {
    now += 10;
    printer.event(progress("snapshot", done));
  }
  printer.event(warning);
  printer.failure("backup", error);
  const lines = screen.written.out.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(lines.map((line) => line.done ?? line.type), [0, 10, "warning", "result"]);
  assert.deepEqual(lines.at(-1), {
    type: "result",
    version: 1,
    verb: "backup",
    ok: false,
    exitCode: 1,
    error: { code: "NO_SPACE", message: "Cannot write", hint: "Free some" },
  });
  assert.equal(screen.written.err, "");
});
