import { deepEqual, equal, match } from "node:assert/strict";
import {
  after,
  BACKUPS,
  keys,
  NOW,
  sampleBackup,
  sampleState,
  typed,
} from "../testing/sample_state.ts";
import { policyOf } from "./policy_form.ts";

Deno.test("p pins what is not pinned, and unpins what all is", () => {
  const pinned = after(sampleState(), ...keys("l", "p")).commands[0];
  deepEqual(pinned?.type === "start" && pinned.task, {
    verb: "edit",
    change: { ids: ["id-1"], pinned: true },
  });
  const unpinned = after(sampleState(), ...keys("l", "down", "down", "p")).commands[0];
  deepEqual(unpinned?.type === "start" && unpinned.task, {
    verb: "edit",
    change: { ids: ["id-26"], pinned: false },
  });
});

Deno.test("n writes a note and begins with the one that is there", () => {
  const { commands } = after(
    sampleState(),
    ...keys("l", "down", "down", "n"),
    ...typed("!"),
    ...keys("enter"),
  );
  deepEqual(commands[0]?.type === "start" && commands[0].task, {
    verb: "edit",
    change: { ids: ["id-26"], note: "before the party!" },
  });
});

Deno.test("D asks before it deletes, and the trash gives back", () => {
  const asked = after(sampleState(), ...keys("l", "space", "space", "D"));
  deepEqual(asked.commands, []);
  const { commands } = after(asked.state, ...keys("y"));
  deepEqual(commands[0]?.type === "start" && commands[0].task, {
    verb: "delete",
    ids: ["id-1", "id-2"],
    force: false,
  });
  const trash = [sampleBackup(300, { status: "deleted", deletedAt: NOW.toString() })];
  const inTrash = after(
    sampleState(BACKUPS, {
      loaded: { backups: BACKUPS, trash, policy: {}, runs: [], settings: [] },
    }),
    ...keys("l", "t", "D", "U"),
  );
  equal(inTrash.state.toasts[0]?.text, "It lies in the trash: U brings it back");
  deepEqual(inTrash.commands[0]?.type === "start" && inTrash.commands[0].task, {
    verb: "undelete",
    ids: ["id-300"],
  });
});

Deno.test("D deletes what holdfast would keep only once it has said so", () => {
  const ask = (...marks: readonly string[]): readonly [string, boolean] => {
    const asked = after(sampleState(), ...keys("l", ...marks, "D"));
    const [command] = after(asked.state, ...keys("y")).commands;
    const { modal } = asked.state;
    if (modal?.kind !== "ask" || command?.type !== "start") return ["", false];
    return [modal.detail, command.task.verb === "delete" && command.task.force];
  };
  const [plain, gentle] = ask("down");
  equal(gentle, false);
  match(plain, /^For 7 days/);
  const [pinned, forced] = ask("down", "down");
  equal(forced, true);
  match(pinned, /^A pinned one is among them\. For 7 days/);
  const [last, all] = ask("space", "space", "space", "space");
  equal(all, true);
  match(last, /No good backup would be left! For 7 days/);
});

Deno.test("x lets more than half of the good backups go only once it has said so", () => {
  const backups = Array.from({ length: 40 }, (_, hours) => sampleBackup(hours));
  const asked = after(sampleState(backups), ...keys("p", "x")).state;
  const { modal } = asked;
  match(modal?.kind === "ask" ? modal.detail : "", /^That is more than half of the good ones! /);
  deepEqual(after(asked, ...keys("y")).commands, [
    { type: "start", job: "job-1", task: { verb: "prune", allowMassDelete: true } },
  ]);
});

Deno.test("the trash that is empty says so, not that something lies there", () => {
  for (const key of ["p", "n", "D", "X", "f", "o"]) {
    const { state } = after(sampleState(), ...keys("l", "t", key));
    deepEqual(state.toasts.map(({ text }) => text), ["No backup is selected"]);
  }
});

Deno.test("the retention screen reckons its policy, and each change that makes sense", () => {
  const there = after(sampleState(), ...keys("p"));
  equal(there.commands[0]?.type, "simulate");
  const editing = after(there.state, ...keys("e", "down", "down", "down"));
  deepEqual(editing.commands, []);
  const typing = after(editing.state, ...keys("backspace", "backspace"), ...typed("14d"));
  const policies = typing.commands.flatMap((each) =>
    each.type === "simulate" ? [each.request.policy.keepDaily] : []
  );
  // "7d" loses its letters, then "1", "14" and "14d" are typed; nothing is reckoned twice.
  deepEqual(policies, [7, undefined, 1, 14, "14d"]);
});

Deno.test("the retention screen saves only a policy that makes sense, and only into a file", () => {
  const there = sampleState(BACKUPS, { abilities: ["savePolicy"] });
  const wrong = after(there, ...keys("p", "e"), ...typed("x"), ...keys("enter"));
  equal(wrong.state.modal?.kind, "form");
  const right = after(there, ...keys("p", "e", "enter")).commands.at(-1);
  deepEqual(right?.type === "start" && right.task.verb, "save policy");
  const nowhere = after(sampleState(BACKUPS, { abilities: [] }), ...keys("p", "e", "enter"));
  equal(nowhere.state.modal, undefined);
  equal(nowhere.commands.some(({ type }) => type === "start"), false);
});

Deno.test("policyOf() reads numbers as numbers and leaves empty rules away", () => {
  const { modal } = after(sampleState(), ...keys("p", "e")).state;
  deepEqual(modal?.kind === "form" && policyOf(modal.form), {
    keepWithin: "24h",
    keepDaily: "7d",
    keepWeekly: "30d",
    maxCount: 15,
  });
});
