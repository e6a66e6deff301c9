import { deepEqual, ok } from "node:assert/strict";
import { withToast } from "../state/toast.ts";
import { widthOf } from "../text/fit.ts";
import { toastLines } from "./toast_lines.ts";

const large = { columns: 80, rows: 24 };
const small = { columns: 60, rows: 15 };

const path = "/home/ada/a very long way to the place where things lie/holdfast.json";
const error = {
  kind: "error",
  text: `Cannot write "${path}": the folder may not be written by this user`,
  hint: "Check the owner and the mode of the file and its folder, or name another one: --config",
} as const;

function drawn(...parameters: Parameters<typeof toastLines>): readonly string[] {
  return toastLines(...parameters).map((spans) => spans.map(({ text }) => text).join(""));
}

Deno.test("toastLines() wraps a long error, and always says how it goes away", () => {
  deepEqual(drawn(withToast([], error), large), [
    '  ✖ Cannot write "/home/ada/a very long way to the place where',
    '    things lie/holdfast.json": the folder may not be written by t…   d dismisses',
    "    Check the owner and the mode of the file and its folder, or name another",
    "    one: --config",
  ]);
  const [first = "", ...others] = drawn(withToast([], error), small);
  ok(first.endsWith("…   d dismisses") && others.length === 1, first);
});

Deno.test("toastLines() shows the newest two, counts the others, and never leaves the window", () => {
  const three = [error, error, { kind: "note", text: "There is no news" } as const]
    .reduce(withToast, [] as Parameters<typeof toastLines>[0]);
  for (const size of [large, small]) {
    const lines = drawn(three, size);
    ok(lines.some((line) => line.endsWith("   d dismisses   and 1 more")), lines.join("\n"));
    ok(lines.every((line) => widthOf(line) <= size.columns), lines.join("\n"));
    ok(lines.at(-1)?.startsWith("  · There is no news"));
  }
});
