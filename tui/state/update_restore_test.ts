import { deepEqual, equal, ok } from "node:assert/strict";
import type { HoldfastEvent, RestorePreview } from "../../mod.ts";
import { after, keys, sampleState, typed } from "../testing/sample_state.ts";
import type { Message } from "./message.ts";
import type { RestoreModal } from "./modal.ts";
import type { State } from "./state.ts";

const preview: RestorePreview = {
  database: "/home/ada/app/submissions.db",
  backup: "x",
  id: "id-2",
  createdAt: null,
  live: "open",
  tables: [],
  doubts: [],
  files: null,
  safety: true,
};

function modalOf(state: State): RestoreModal {
  ok(state.modal?.kind === "restore");
  return state.modal;
}

const looked = (of: string, more: Partial<RestorePreview> = {}): Message => ({
  type: "previewed",
  of,
  preview: { ...preview, ...more },
});

const progress = (phase: "check" | "safety" | "restore", done = 0, total = 2): Message => {
  const event: HoldfastEvent = {
    type: "progress",
    job: "restore",
    phase,
    done,
    total,
    unit: "bytes",
  };
  return { type: "event", job: "job-1", event };
};

const restoring = after(sampleState(), ...keys("r"), looked("id-2"), ...keys("enter"));

Deno.test("the restore modal opens on the newest good backup, past safety backups", () => {
  const { state, commands } = after(sampleState(), ...keys("r"));
  equal(modalOf(state).previewOf, "id-2");
  deepEqual(commands, [{ type: "preview", of: "id-2", choice: { backup: "id-2" } }]);
});

Deno.test("the restore modal restores nothing before it knows what would change", () => {
  const { state, commands } = after(sampleState(), ...keys("r", "enter"));
  equal(modalOf(state).step, "choose");
  equal(state.toasts[0]?.text, "What would change is still being looked at");
  equal(commands.length, 1);
});

Deno.test("the restore modal ignores what an earlier look brings", () => {
  const { state } = after(sampleState(), ...keys("r", "down"), looked("id-2"));
  equal(modalOf(state).previewOf, "id-26");
  equal(modalOf(state).preview.kind, "looking");
});

Deno.test("the restore modal restores what was looked at", () => {
  equal(modalOf(restoring.state).step, "running");
  deepEqual(restoring.commands.slice(1), [
    { type: "endPreview" },
    {
      type: "start",
      job: "job-1",
      task: { verb: "restore", choice: { backup: "id-2" }, force: false },
    },
  ]);
});

Deno.test("the restore modal asks once more where there are doubts", () => {
  const doubts = ["Its schema is newer"];
  const asked = after(sampleState(), ...keys("r"), looked("id-2", { doubts }), ...keys("enter"));
  equal(modalOf(asked.state).step, "doubts");
  equal(modalOf(after(asked.state, ...keys("esc")).state).step, "choose");
  const forced = after(asked.state, ...keys("y")).commands.at(-1);
  deepEqual(forced?.type === "start" && forced.task, {
    verb: "restore",
    choice: { backup: "id-2" },
    force: true,
  });
});

Deno.test("escape stops a restore before the point of no return, and not after it", () => {
  const early = after(restoring.state, progress("safety", 2), progress("restore", 1));
  deepEqual(after(early.state, ...keys("esc")).commands, [{ type: "stop", job: "job-1" }]);
  const late = after(early.state, progress("check"), ...keys("esc"));
  deepEqual(late.commands, []);
  equal(late.state.toasts[0]?.kind, "note");
});

Deno.test("a restore that was stopped closes its modal and says so", () => {
  const problem = { code: "CANCELLED", message: "Stopped before it ended", hint: undefined };
  const { state } = after(restoring.state, ...keys("esc"), {
    type: "jobFailed",
    job: "job-1",
    tookMs: 1,
    problem,
  });
  equal(state.modal, undefined);
  equal(state.toasts.at(-1)?.text, "Stopped: restore");
  equal(state.jobs[0]?.outcome, "cancelled");
});

Deno.test("a restore that ended can be undone with one key, and the undo too", () => {
  const result = { summary: "Restored", undoable: true, requiresRestart: false };
  const done = after(restoring.state, { type: "jobDone", job: "job-1", tookMs: 1, result });
  equal(modalOf(done.state).step, "done");
  const undone = after(done.state, ...keys("u"));
  deepEqual(undone.commands, [{ type: "start", job: "job-2", task: { verb: "undo" } }]);
  const again = after(
    undone.state,
    { type: "jobDone", job: "job-2", tookMs: 1, result },
    ...keys("u"),
  );
  deepEqual(again.commands.at(-1), { type: "start", job: "job-3", task: { verb: "undo" } });
  equal(after(done.state, ...keys("enter")).state.modal, undefined);
});

Deno.test("the check after a restore is a step of its own", () => {
  const { state } = after(
    restoring.state,
    progress("check", 2),
    progress("safety", 2),
    progress("restore", 1),
    progress("check", 0),
  );
  deepEqual(state.jobs[0]?.steps.map(({ phase }) => phase), [
    "check",
    "safety",
    "restore",
    "check",
  ]);
});

Deno.test("the restore modal takes a moment in words, and says what it cannot read", () => {
  const wrong =
    after(sampleState(), ...keys("r", "@"), ...typed("soonish"), ...keys("enter")).state;
  ok(modalOf(wrong).typed?.error?.includes("yesterday 18:00"));
  const right = after(sampleState(), ...keys("r", "@"), ...typed("2h ago"), ...keys("enter"));
  equal(modalOf(right.state).other?.choice.at?.toString(), "2026-11-21T08:20:00Z");
  equal(right.commands.at(-1)?.type, "preview");
  equal(modalOf(after(right.state, ...keys("esc")).state).other, undefined);
});

Deno.test("the restore modal takes a file from anywhere", () => {
  const { commands } = after(
    sampleState(),
    ...keys("r", "i"),
    ...typed("/m/a.db"),
    ...keys("enter"),
  );
  deepEqual(commands.at(-1), {
    type: "preview",
    of: "other file /m/a.db",
    choice: { backup: "/m/a.db" },
  });
});
