import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import type { HoldfastEvent } from "../../mod.ts";
import { contextOf, CONTEXTS } from "../keys/context.ts";
import { KEYS } from "../keys/keys.ts";
import {
  after,
  BACKUPS,
  keys,
  NOW,
  sampleBackup,
  sampleState,
  typed,
} from "../testing/sample_state.ts";
import type { Message } from "./message.ts";
import { update } from "./update.ts";

Deno.test("update() takes a backup on one key", () => {
  const { state, commands } = after(sampleState(), ...keys("b"));
  equal(state.jobs[0]?.title, "backup");
  deepEqual(commands, [{
    type: "start",
    job: "job-1",
    task: { verb: "backup", choice: state.usual },
  }]);
});

Deno.test("update() takes a backup with a note and another check", () => {
  const { commands } = after(
    sampleState(),
    ...keys("B"),
    ...typed("before x"),
    ...keys("down", "right", "enter"),
  );
  deepEqual(commands[0], {
    type: "start",
    job: "job-1",
    task: {
      verb: "backup",
      choice: { note: "before x", verify: "quick", engine: "auto", ifChanged: false },
    },
  });
});

Deno.test("update() says why a key is disabled and does nothing else", () => {
  const { state, commands } = after(sampleState([]), ...keys("r"));
  equal(state.modal, undefined);
  equal(state.toasts[0]?.text, "There is no backup yet");
  deepEqual(commands, []);
});

Deno.test("update() filters, keeps the filter and takes it away with escape", () => {
  const list = after(sampleState(), ...keys("l", "/"), ...typed("party"), ...keys("enter")).state;
  equal(list.list.filter.text, "party");
  equal(contextOf(list), "backups");
  const cleared = after(list, ...keys("esc")).state;
  equal(cleared.list.filter.text, "");
  equal(after(cleared, ...keys("esc")).state.screen, "dashboard");
});

Deno.test("update() verifies what is marked", () => {
  const { commands } = after(sampleState(), ...keys("l", "down", "space", "space", "v"));
  deepEqual(commands, [{
    type: "start",
    job: "job-1",
    task: { verb: "verify", ids: ["id-2", "id-26"] },
  }]);
});

Deno.test("update() keeps the cursor on its backup when a newer one appears", () => {
  const there = after(sampleState(), ...keys("l", "down", "down")).state;
  equal(there.list.cursor, "id-26");
  const backups = [sampleBackup(0), ...(there.loaded?.backups ?? [])];
  const loaded = { trash: [], policy: {}, runs: [], settings: [], backups };
  const more = after(there, { type: "loaded", loaded }).state;
  equal(after(more, ...keys("down")).state.list.cursor, "id-200");
});

Deno.test("update() lets news leave after 5 s, but errors stay until they are dismissed", () => {
  const problem = { code: "NO_SPACE", message: "Disk full", hint: "Free some" };
  const begun = after(sampleState(), ...keys("b", "b")).state;
  const ended = after(
    begun,
    { type: "jobDone", job: "job-1", tookMs: 10, result: { summary: "Backed up" } },
    { type: "jobFailed", job: "job-2", tookMs: 10, problem },
  ).state;
  equal(ended.toasts.length, 2);
  const tick = (seconds: number) =>
    ({ type: "tick", now: NOW.add({ seconds }), zone: "UTC" }) as const;
  // The time of news begins with the first tick that they see.
  const seen = after(ended, tick(10), tick(14)).state;
  equal(seen.toasts.length, 2);
  const later = after(seen, tick(15)).state;
  deepEqual(later.toasts.map(({ text, hint }) => [text, hint]), [["Disk full", "Free some"]]);
  equal(after(later, ...keys("d")).state.toasts.length, 0);
});

Deno.test("update() tells with the news what went wrong, not that it was tried again", () => {
  const event = (news: HoldfastEvent): Message => ({ type: "event", job: "job-1", event: news });
  const [job, message] = ["backup", "Cannot reach it"] as const;
  const { state } = after(
    sampleState(),
    ...keys("b"),
    event({ type: "retrying", job, attempt: 2, delayMs: 100, message }),
    event({ type: "warning", job, code: "COPY_FAILED", message: "It never came" }),
    { type: "jobDone", job: "job-1", tookMs: 1, result: { summary: "No copy", doubtful: true } },
  );
  deepEqual(state.toasts.map(({ kind, hint }) => [kind, hint]), [["error", "It never came"]]);
});

Deno.test("update() keeps the cursor on its backup when another process takes one", () => {
  const state = after(sampleState(), ...keys("l")).state;
  const { loaded } = sampleState([sampleBackup(0), ...BACKUPS]);
  if (loaded === undefined) throw new Error("The sample has none");
  equal(after(state, { type: "loaded", loaded }).state.list.cursor, BACKUPS[0]?.id);
});

Deno.test("update() keeps the cursor on its work when other work begins", () => {
  const two = after(sampleState(), ...keys("b", "v", "a", "down")).state;
  const { commands } = after(two, ...keys("b", "x"));
  deepEqual(commands.at(-1), { type: "stop", job: "job-1" });
});

Deno.test("update() keeps the reports of several jobs apart", () => {
  const two = after(sampleState(), ...keys("b", "v")).state;
  const event = { type: "progress", job: "verify", phase: "hash", done: 1, unit: "bytes" } as const;
  const heard = after(two, { type: "event", job: "job-2", event }).state;
  deepEqual(heard.jobs.map(({ title, steps }) => [title, steps.length]), [
    ["verify", 1],
    ["backup", 0],
  ]);
});

Deno.test("update() asks before it leaves running work, and not without", () => {
  deepEqual(after(sampleState(), ...keys("q")).commands, [{ type: "quit", code: 0 }]);
  const busy = after(sampleState(), ...keys("b", "q")).state;
  equal(busy.modal?.kind, "ask");
  deepEqual(after(busy, ...keys("y")).commands, [{ type: "quit", code: 130 }]);
  equal(after(busy, ...keys("n")).state.modal, undefined);
});

Deno.test("update() leaves on ctrl-c from everywhere", () => {
  for (const context of CONTEXTS) {
    const able = KEYS.some(({ keys: names, in: places }) =>
      names.includes("ctrl+c") && places.includes(context)
    );
    equal(able, true, context);
  }
});

Deno.test("update() opens the database that was found, and shows why it cannot", () => {
  const begin = { ...sampleState(), screen: "choose" as const, place: undefined };
  const found = after(begin, { type: "found", files: [{ path: "/a/x.db", size: 4096 }] }).state;
  const { state, commands } = after(found, ...keys("down", "enter"));
  deepEqual(commands, [{ type: "open", path: "/a/x.db" }]);
  const problem = { code: "NOT_A_DATABASE", message: "Cannot use it", hint: undefined };
  const refused = after(state, { type: "notOpened", problem });
  equal(refused.state.choosing.problem?.message, "Cannot use it");
  equal(refused.state.choosing.opening, false);
  // What else could be opened is looked for; where that fails it is not tried for ever.
  deepEqual(refused.commands, [{ type: "look" }]);
  deepEqual(after(refused.state, { type: "notOpened", problem }).commands, []);
});

Deno.test("update() completes a path as far as it is clear", () => {
  const begin = { ...sampleState(), screen: "choose" as const };
  const { state, commands } = after(begin, ...typed("ap"), ...keys("tab"));
  deepEqual(commands, [{ type: "complete", text: "ap" }]);
  const paths = ["app.db", "app2.db"];
  const completed = after(state, { type: "completions", paths }).state;
  equal(completed.choosing.field.text, "app");
  deepEqual(completed.choosing.completions, paths);
});

Deno.test("update() never throws and never loses its way, whatever is pressed", () => {
  const names = [...new Set(KEYS.flatMap(({ keys: each }) => each)), "x", "7", "Ω", "backspace"];
  fc.assert(fc.property(fc.array(fc.constantFrom(...names), { maxLength: 60 }), (pressed) => {
    let state = sampleState();
    for (const key of pressed) state = update(state, { type: "key", key }).state;
    // From wherever that led, escape leads back.
    for (let i = 0; i < 6 && state.screen !== "choose"; i++) {
      state = update(state, { type: "key", key: "esc" }).state;
    }
    const working = (state.modal?.kind === "restore" && state.modal.step === "running") ||
      state.modal?.kind === "live";
    equal(working || (state.screen === "dashboard" && state.modal === undefined), true);
  }));
});

Deno.test("KEYS give no key two meanings in one place", () => {
  for (const context of CONTEXTS) {
    const all = KEYS.filter(({ in: places }) => places.includes(context)).flatMap((k) => k.keys);
    deepEqual(all.filter((key, at) => all.indexOf(key) !== at), [], context);
  }
});
