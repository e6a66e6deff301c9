import { deepEqual, equal, match } from "node:assert/strict";
import { after, BACKUPS, keys, OFFER, sampleState, typed } from "../testing/sample_state.ts";
import type { State } from "./state.ts";

const targets = after(sampleState(), ...keys("t"));

Deno.test("the targets are asked for their room once, those that are off are not", () => {
  deepEqual(targets.commands, [
    { type: "quota", target: "usb" },
    { type: "quota", target: "drive" },
  ]);
  const back = after(targets.state, ...keys("esc", "t"));
  deepEqual(back.commands, []);
  const again = after(back.state, ...keys("ctrl+r"));
  equal(again.commands.filter(({ type }) => type === "quota").length, 2);
});

Deno.test("a target is added with the settings that its plugin declares, secrets apart", () => {
  const form = after(targets.state, ...keys("n"), { type: "offer", offer: OFFER }).state;
  const filled = after(
    form,
    ...keys("right", "down"),
    ...typed("cloud"),
    ...keys("down"),
    ...typed("box"),
    ...keys("down", "down", "right", "down"),
    ...typed("hush"),
    ...keys("down", "right", "enter"),
  );
  deepEqual(filled.commands.at(-1), {
    type: "start",
    job: "job-1",
    task: {
      verb: "add target",
      target: {
        name: "cloud",
        kind: "s3",
        settings: { bucket: "box", pathStyle: "true" },
        secrets: { secretKey: "hush" },
        codecs: [{ kind: "zstd", settings: {} }],
        required: false,
      },
    },
  });
  // What the place or the settings refuse is mended in the same form.
  const problem = { code: "CONFIG_INVALID", message: "Cannot use it", hint: undefined };
  const { modal } = after(filled.state, { type: "jobFailed", job: "job-1", tookMs: 1, problem })
    .state;
  equal(modal?.kind === "form" && modal.problem?.message, "Cannot use it");
  const done = after(filled.state, {
    type: "jobDone",
    job: "job-1",
    tookMs: 1,
    result: { summary: "Target cloud is added" },
  }).state;
  equal(done.modal?.kind === "ask" && done.modal.question, "Sign in to cloud now?");
});

/** The form of a new folder, with its name and its path. */
const usual = after(
  targets.state,
  ...keys("n"),
  { type: "offer", offer: OFFER },
  ...keys("down"),
  ...typed("nas"),
  ...keys("down"),
  ...typed("/nas"),
).state;

/** What the field under the cursor says of itself. */
function wrong(state: State): string | undefined {
  const { modal } = state;
  return modal?.kind === "form" ? modal.form.fields[modal.form.focus]?.error : undefined;
}

Deno.test("a target is encrypted for recipients, must succeed, and keeps what is wanted", () => {
  const encrypted = after(usual, ...keys("down", "right", "down", "right"));
  match(wrong(encrypted.state) ?? "", /give recipients below/);
  deepEqual(after(encrypted.state, ...keys("enter")).commands, []);
  const nonsense = after(encrypted.state, ...keys("down"), ...typed("age1abc, me"));
  match(wrong(nonsense.state) ?? "", /looks like age1…/);
  const whole = after(
    nonsense.state,
    ...keys("ctrl+u"),
    ...typed("age1abc,age1def"),
    ...keys("down", "down", "down", "right", "down", "right", "down"),
    ...keys("down", "down", "down", "down"),
    ...typed("5x"),
  ).state;
  match(wrong(whole) ?? "", /maxCount/);
  const added = after(whole, ...keys("backspace", "enter"));
  deepEqual(added.commands.at(-1), {
    type: "start",
    job: "job-1",
    task: {
      verb: "add target",
      target: {
        name: "nas",
        kind: "folder",
        settings: { path: "/nas" },
        secrets: {},
        codecs: [
          { kind: "zstd", settings: {} },
          { kind: "age", settings: { recipients: "age1abc,age1def" } },
        ],
        required: true,
        retention: { maxCount: 5 },
      },
    },
  });
});

Deno.test("settings for special cases show on request, and are checked while they are typed", () => {
  const s3 = after(targets.state, ...keys("n"), { type: "offer", offer: OFFER }, ...keys("right"));
  const labels = ({ modal }: State): string =>
    modal?.kind === "form" ? modal.form.fields.map(({ label }) => label).join() : "";
  equal(labels(s3.state).includes("partSize"), false);
  const shown = after(s3.state, ...keys("up", "right", ...Array<string>(7).fill("down"))).state;
  match(labels(shown), /partSize$/);
  match(wrong(after(shown, ...typed("many")).state) ?? "", /partSize is a number/);
  const named = after(shown, ...keys("down", "down"), ...typed("usb")).state;
  match(wrong(named) ?? "", /There is a target usb already/);
});

Deno.test("without a configuration file, one is written before something is saved", () => {
  const bare = sampleState(BACKUPS, { abilities: ["writeConfig"] });
  const asked = after(bare, ...keys("S", "y"));
  deepEqual(asked.commands, [
    { type: "start", job: "job-1", task: { verb: "write configuration" } },
  ]);
  const written = after(asked.state, {
    type: "jobDone",
    job: "job-1",
    tookMs: 1,
    result: { summary: "Wrote holdfast.json", reopen: true },
  });
  deepEqual(written.commands, [{ type: "open", path: bare.place?.database }]);
  // What was asked for, and the keys after it, wait for the database with its file.
  const early = after(written.state, ...keys("right"));
  equal(early.state.modal, undefined);
  if (bare.place === undefined) throw new Error("The sample has none");
  const opened = { type: "opened", place: bare.place, abilities: ["saveSetting"] } as const;
  const { modal } = after(early.state, opened).state;
  const [first] = modal?.kind === "form" ? modal.form.fields : [];
  equal(first?.kind === "choice" && first.value, "on");
});

Deno.test("a schedule that cannot be read is not saved, and one that can is saved whole", () => {
  const wrong = after(sampleState(), ...keys("S", "right", "down", "left", "down", "down", "down"));
  const nonsense = after(wrong.state, ...typed("whenever"), ...keys("enter"));
  deepEqual(nonsense.commands, []);
  equal(nonsense.state.modal?.kind, "form");
  const right = after(wrong.state, ...typed("0 */4 * * *"), ...keys("enter"));
  deepEqual(right.commands, [{
    type: "start",
    job: "job-1",
    task: { verb: "save schedule", schedule: { enabled: true, kind: "cron", cron: "0 */4 * * *" } },
  }]);
});
