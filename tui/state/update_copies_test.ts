import { deepEqual, equal, match } from "node:assert/strict";
import { contextOf } from "../keys/context.ts";
import type { HeldCopy, KnownBackup } from "../known_backup.ts";
import { after, BACKUPS, keys, sampleBackup, sampleState, typed } from "../testing/sample_state.ts";
import type { State } from "./state.ts";

const on = (...targets: readonly string[]): readonly HeldCopy[] =>
  targets.map((target) => ({ target, state: "stored" }));

/** The newest backup is here and on usb; the one below it only where it is said. */
function withAway(...targets: readonly string[]): State {
  const away: KnownBackup = sampleBackup(3, { status: "missing", copies: on(...targets) });
  const [safety, newest, ...older] = BACKUPS.map((each) => ({ ...each, copies: on("usb") }));
  if (safety === undefined || newest === undefined) throw new Error("The sample has none");
  return sampleState([safety, newest, away, ...older]);
}

const list = (state: State): State => after(state, ...keys("l", "down", "down")).state;

Deno.test("a backup that only one target has is fetched from there by one key", () => {
  const { commands } = after(list(withAway("usb")), ...keys("f"));
  deepEqual(commands, [{
    type: "start",
    job: "job-1",
    task: { verb: "fetch", target: "usb", ids: ["id-3"] },
  }]);
});

Deno.test("of several targets a person chooses the one to fetch from", () => {
  const asked = after(list(withAway("usb", "drive")), ...keys("f"));
  equal(contextOf(asked.state), "form");
  const { commands } = after(asked.state, ...keys("right", "enter"));
  deepEqual(commands, [{
    type: "start",
    job: "job-1",
    task: { verb: "fetch", target: "drive", ids: ["id-3"] },
  }]);
});

Deno.test("what has to be fetched cannot be looked into, and says how to get it", () => {
  for (const key of ["v", "c", "o", "w", "P", "e"]) {
    const { state, commands } = after(list(withAway("usb")), ...keys(key));
    equal(state.toasts.at(-1)?.text, "It lies only on usb: f fetches it", key);
    deepEqual(commands, []);
  }
  const here = after(withAway("usb"), ...keys("l", "f")).state;
  equal(here.toasts.at(-1)?.text, "It is here already");
});

Deno.test("a restore of what only a target has fetches it, then shows what would change", () => {
  const shown = after(list(withAway("usb")), ...keys("r"));
  equal(shown.state.modal?.kind === "restore" && shown.state.modal.preview.kind, "elsewhere");
  deepEqual(shown.commands, [{ type: "endPreview" }]);
  const fetching = after(shown.state, ...keys("enter"));
  equal(contextOf(fetching.state), "live");
  const here = after(fetching.state, {
    type: "loaded",
    loaded: { trash: [], policy: {}, runs: [], settings: [], backups: [sampleBackup(3)] },
  }, {
    type: "jobDone",
    job: "job-1",
    tookMs: 5,
    result: { summary: "1 backup fetched" },
  });
  equal(here.state.modal?.kind === "restore" && here.state.modal.list.cursor, "id-3");
  deepEqual(here.commands.at(-1), { type: "preview", of: "id-3", choice: { backup: "id-3" } });
});

Deno.test("a fetch that fails stays on the screen, and nothing is restored", () => {
  const fetching = after(list(withAway("usb")), ...keys("r", "enter")).state;
  const { state, commands } = after(fetching, {
    type: "jobFailed",
    job: "job-1",
    tookMs: 5,
    problem: { code: "TARGET_FAILED", message: "Cannot reach usb", hint: "Plug it in" },
  });
  deepEqual(commands, []);
  match(state.modal?.kind === "live" ? state.modal.lines.join() : "", /Cannot reach usb.*Plug it/);
});

Deno.test("a copy is deleted after a question that says what it is", () => {
  const last = after(list(withAway("usb")), ...keys("X"));
  match(last.state.modal?.kind === "ask" ? last.state.modal.detail : "", /nothing else has it/);
  deepEqual(after(last.state, ...keys("y")).commands, [{
    type: "start",
    job: "job-1",
    task: { verb: "delete copies", target: "usb", ids: ["id-3"], force: true },
  }]);
  const old = after(withAway("usb"), ...keys("l", "end", "X"));
  equal(
    old.state.modal?.kind === "ask" && old.state.modal.detail,
    "There is no trash there. What lies here stays.",
  );
  const [command] = after(old.state, ...keys("y")).commands;
  equal(
    command?.type === "start" && command.task.verb === "delete copies" && command.task.force,
    false,
  );
});

Deno.test("the filter finds backups by the target that has them", () => {
  const { state } = after(withAway("usb", "drive"), ...keys("l", "/"), ...typed("only on drive"));
  equal(after(state, ...keys("enter", "f")).state.modal?.kind, "form");
});
