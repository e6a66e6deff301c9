import { deepEqual, equal } from "node:assert/strict";
import { after, keys, sampleState, typed } from "../testing/sample_state.ts";
import { initialState, type State } from "./state.ts";

const { size, now, zone, home, usual, place, loaded } = sampleState();
const choosing: State = initialState({ size, now, zone, home, usual });

Deno.test("update() keeps keys that are pressed while a path is completed, and types them after", () => {
  const waiting = after(choosing, ...typed("de"), ...keys("tab", "x", "enter"));
  deepEqual(waiting.commands, [{ type: "complete", text: "de" }]);
  equal(waiting.state.choosing.field.text, "de");
  const then = after(waiting.state, { type: "completions", paths: ["deep/"] });
  deepEqual(then.commands, [{ type: "open", path: "deep/x" }]);
  deepEqual(then.state.held, []);
});

Deno.test("update() keeps keys for the database that is being opened and read", () => {
  if (place === undefined || loaded === undefined) throw new Error("The sample has none");
  const opening = initialState({ size, now, zone, home, usual, database: "app.db" });
  const pressed = after(opening, ...keys("b"), { type: "opened", place, abilities: [] });
  deepEqual(pressed.commands, [{ type: "load" }]);
  const read = after(pressed.state, ...keys("l"), { type: "loaded", loaded });
  equal(read.state.screen, "backups");
  equal(read.commands[0]?.type, "start");
});

Deno.test("update() leaves at once although keys wait", () => {
  const opening = initialState({ size, now, zone, home, usual, database: "app.db" });
  deepEqual(after(opening, ...keys("b", "ctrl+c")).commands, [{ type: "quit", code: 130 }]);
});

Deno.test("update() gives the keys that waited to the path where the database cannot be opened", () => {
  const opening = initialState({ size, now, zone, home, usual, database: "app" });
  const problem = { code: "DATABASE_MISSING", message: "Cannot find it", hint: undefined };
  const { state } = after(opening, { type: "notOpened", problem });
  equal(state.screen, "choose");
  equal(state.choosing.field.text, "app");
});
