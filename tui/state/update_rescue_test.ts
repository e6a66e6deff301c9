import { deepEqual, equal, ok } from "node:assert/strict";
import type { MissingRows } from "../actions.ts";
import { after, keys, sampleState } from "../testing/sample_state.ts";
import type { Message } from "./message.ts";

const missing: MissingRows = {
  total: 3,
  rows: [
    { id: "a", text: "id 1", where: '"id" IS 1' },
    { id: "b", text: "id 2", where: '"id" IS 2' },
    { id: "c", text: "blob" },
  ],
};
const found: Message = {
  type: "jobDone",
  job: "job-1",
  tookMs: 5,
  result: { summary: "3 rows", missing },
};
const looking = after(sampleState(), ...keys("l", "down", "w", "down", "enter"));

Deno.test("rescue looks for the rows of the chosen table", () => {
  deepEqual(looking.commands[0]?.type === "start" && looking.commands[0].task, {
    verb: "look",
    backup: "id-2",
    table: "submissions",
  });
  equal(after(looking.state, ...keys("enter")).state.toasts[0]?.kind, "note");
});

Deno.test("rescue brings back what is marked, or all", () => {
  const there = after(looking.state, found).state;
  const some = after(there, ...keys("space", "space", "enter", "y")).commands[0];
  deepEqual(some?.type === "start" && some.task, {
    verb: "rescue",
    choice: { backup: "id-2", table: "submissions", where: '("id" IS 1) OR ("id" IS 2)' },
  });
  const all = after(there, ...keys("enter", "y")).commands[0];
  deepEqual(all?.type === "start" && all.task, {
    verb: "rescue",
    choice: { backup: "id-2", table: "submissions" },
  });
});

Deno.test("rescue says why a row cannot be marked, and goes back step by step", () => {
  const there = after(looking.state, found, ...keys("down", "down", "space")).state;
  equal(there.toasts.at(-1)?.text, "This row has no key that can be named");
  const back = after(there, ...keys("esc")).state;
  ok(back.modal?.kind === "rescue" && back.modal.table === undefined);
  equal(after(back, ...keys("esc")).state.modal, undefined);
});
