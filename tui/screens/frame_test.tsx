import { equal, ok } from "node:assert/strict";
import { renderToString } from "ink";
import fc from "fast-check";
import {
  after,
  BACKUPS,
  keys,
  NOW,
  OFFER,
  sampleBackup,
  sampleState,
  typed,
} from "../testing/sample_state.ts";
import type { Message } from "../state/message.ts";
import type { Size, State } from "../state/state.ts";
import { widthOf } from "../text/fit.ts";
import { makeTheme } from "../theme.ts";
import { Frame } from "./frame.tsx";

const sizes: readonly Size[] = [{ columns: 80, rows: 24 }, { columns: 60, rows: 15 }];

function draw(state: State, size: Size): string {
  const frame = <Frame state={{ ...state, size }} theme={makeTheme({ colour: false })} />;
  return renderToString(frame, { columns: size.columns }).replace(/ +$/gm, "");
}

/** What a terminal without colours shows. */
function plain(text: string): string {
  // deno-lint-ignore no-control-regex -- weight and inverse are escape sequences
  return text.replace(/\x1b\[[0-9;]*m/g, "").replace(/ +$/gm, "");
}

const previewed: Message = {
  type: "previewed",
  of: "id-2",
  preview: {
    database: "/home/ada/app/submissions.db",
    backup: "2026-11-21_08-20-00.db",
    id: "id-2",
    createdAt: NOW.subtract({ hours: 2 }).toString(),
    live: "open",
    tables: [
      { table: "works", live: 3011, backup: 3000 },
      { table: "drafts", live: 4, backup: null },
      { table: "submissions", live: 200, backup: 200 },
      { table: "notes", live: 10, backup: 10 },
    ],
    doubts: [],
    files: null,
    safety: true,
  },
};

const progress = (phase: "hash" | "safety" | "restore", done: number, total: number): Message => ({
  type: "event",
  job: "job-1",
  event: { type: "progress", job: "restore", phase, done, total, unit: "bytes" },
});

const choosing =
  after({ ...sampleState(), screen: "choose", place: undefined, loaded: undefined }, {
    type: "found",
    files: [{ path: "/home/ada/app/submissions.db", size: 9_300_000 }, {
      path: "/home/ada/app/notes.db",
      size: 20_480,
    }],
  }).state;

const result = {
  summary: "Restored x; the state before is y",
  undoable: true,
  requiresRestart: true,
};
const trashed = sampleBackup(400, { status: "deleted", deletedAt: NOW.toString() });
const at = (days: number, count: number) => ({
  at: NOW.add({ hours: 24 * days }).toString(),
  count,
  bytes: count * 9_200_000,
  oldest: NOW.add({ hours: 24 * (days - Math.min(30, days)) }).toString(),
});
const forecast = {
  week: at(7, 8),
  month: at(30, 11),
  year: at(365, 12),
  months: [3, 9, 12, 12, 12].map((count, month) => at(30 * month, count)),
};
const forecastKey = after(sampleState(), ...keys("p")).state.forecast?.of ?? "";

const away = sampleState([
  ...BACKUPS.slice(0, 2),
  sampleBackup(3, {
    status: "missing",
    copies: [
      { target: "usb", state: "stored" },
      { target: "drive", state: "stored" },
      { target: "s3", state: "bad" },
    ],
  }),
]);

const stories: Readonly<Record<string, State>> = {
  "choosing a database": after(choosing, ...typed("~/app/"), ...keys("down")).state,
  "the dashboard": sampleState(),
  "the dashboard without a backup": sampleState([]),
  "the dashboard without its database": sampleState(BACKUPS, {
    loaded: { backups: BACKUPS, trash: [], policy: {}, runs: [], settings: [] },
  }),
  "the list of backups": after(sampleState(), ...keys("l", "down", "space")).state,
  "the list, filtered": after(sampleState(), ...keys("l", "/"), ...typed("manual")).state,
  "the list with what only targets have": after(away, ...keys("l", "down", "down")).state,
  "the restore of what only targets have": after(away, ...keys("l", "down", "down", "r")).state,
  "the form of a backup": after(sampleState(), ...keys("B"), ...typed("v2 done")).state,
  "the restore modal": after(sampleState(), ...keys("r"), previewed).state,
  "a restore at work": after(
    sampleState(),
    ...keys("r"),
    previewed,
    ...keys("enter"),
    progress("hash", 9_200_000, 9_200_000),
    progress("safety", 9_200_000, 9_200_000),
    progress("restore", 6_100_000, 9_200_000),
  ).state,
  "a restore that is done": after(sampleState(), ...keys("r"), previewed, ...keys("enter"), {
    type: "jobDone",
    job: "job-1",
    tookMs: 1234,
    result,
  }).state,
  "work and an error": after(sampleState(), ...keys("b", "v", "a"), progress("hash", 1, 4), {
    type: "jobFailed",
    job: "job-2",
    tookMs: 400,
    problem: {
      code: "NO_SPACE",
      message: "Cannot write the backup: the disk is full",
      hint: "Free 20 MB and run it again",
    },
  }).state,
  "what is kept": after(sampleState(), ...keys("p"), {
    type: "simulated",
    of: forecastKey,
    forecast,
  }).state,
  "the form of the policy": after(
    sampleState(),
    ...keys("p"),
    {
      type: "simulated",
      of: forecastKey,
      forecast,
    },
    ...keys("e", "down", "down", "down"),
    ...keys("backspace", "backspace"),
    ...typed("x"),
  ).state,
  "the trash": after(
    sampleState(BACKUPS, {
      loaded: { backups: BACKUPS, trash: [trashed], policy: {}, runs: [], settings: [] },
    }),
    ...keys("l", "t"),
  ).state,
  "the question before deleting": after(sampleState(), ...keys("l", "D")).state,
  "rows to rescue": after(sampleState(), ...keys("l", "down", "w", "down", "enter"), {
    type: "jobDone",
    job: "job-1",
    tookMs: 5,
    result: {
      summary: "",
      missing: {
        total: 2000,
        rows: [{ id: "a", text: "id 1   work 9   sent_to journal", where: "id IS 1" }, {
          id: "b",
          text: "id 2   work 18   sent_to \u202ereview",
        }],
      },
    },
  }, ...keys("space")).state,
  "the targets": after(sampleState(), ...keys("t", "down"), {
    type: "quota",
    target: "usb",
    quota: { total: 64_000_000_000, used: 48_000_000_000 },
  }, {
    type: "quota",
    target: "drive",
    quota: {
      code: "TARGET_FAILED",
      message: 'Cannot list "drive": the refresh token has expired',
      hint: "Sign in again: holdfast target connect drive",
    },
  }).state,
  "the targets, none yet": after(
    sampleState(BACKUPS, {
      loaded: { backups: BACKUPS, trash: [], policy: {}, runs: [], settings: [] },
    }),
    ...keys("t"),
  ).state,
  "the form of a target": after(
    sampleState(),
    ...keys("t", "n"),
    { type: "offer", offer: OFFER },
    ...keys("right", "down"),
    ...typed("cloud"),
    ...keys("enter"),
  ).state,
  "the form of a target with all of its settings": after(
    sampleState(),
    ...keys("t", "n"),
    { type: "offer", offer: OFFER },
    ...keys("right", "down"),
    ...typed("cloud"),
    ...keys("up", "up", "right", "up", "right", "down"),
    ...typed("nonsense"),
  ).state,
  "the form of the schedule": after(
    sampleState(),
    ...keys("S", "right", "down", "right"),
  ).state,
  "the form of an export": after(sampleState(), ...keys("l", "e")).state,
  "signing in": after(
    sampleState(),
    ...keys("t", "c"),
    { type: "said", job: "job-1", line: "Open this address in a browser:" },
    { type: "said", job: "job-1", line: "  https://example.com/device" },
    { type: "asked", job: "job-1", question: "The code", secret: true },
    ...typed("1234"),
  ).state,
  "the help": after(sampleState([]), ...keys("?")).state,
  "the question before leaving work": after(sampleState(), ...keys("b", "q")).state,
};

for (const size of sizes) {
  for (const [name, state] of Object.entries(stories)) {
    Deno.test(`Frame draws ${name} at ${size.columns}×${size.rows}`, async (t) => {
      await t.assertSnapshot(plain(draw(state, size)));
    });
  }
}

Deno.test("Frame never draws beyond its window, whatever the names and the size", () => {
  const nasty = fc.constantFrom(
    "evil\u202egpj.db",
    "\x1b[31mred\x1b[0m\nline",
    "👩‍👩‍👧‍👦 семья 家族 ⚠️ 🇩🇪",
    "e\u0301\u0302\u0303\u0304\u0305",
    "שלום עולם",
    "x".repeat(400),
  );
  const size = fc.record({
    columns: fc.integer({ min: 30, max: 200 }),
    rows: fc.integer({ min: 8, max: 60 }),
  });
  const states = Object.values(stories);
  fc.assert(
    fc.property(nasty, size, fc.nat(states.length - 1), (name, window, at) => {
      const backups = [
        sampleBackup(3, { note: name, metadata: { recordCount: { [name]: 7 } } }),
        ...BACKUPS,
      ];
      const base = states[at] ?? sampleState();
      const state: State = {
        ...base,
        loaded: base.loaded && { ...base.loaded, backups },
        place: base.place && { database: `/x/${name}`, directory: `/x/${name}/backups` },
        toasts: [{ id: 1, kind: "error", text: name, hint: name, leaves: "never" }],
      };
      const lines = plain(draw(state, window)).split("\n");
      ok(lines.length <= window.rows, `${lines.length} lines of ${window.rows}`);
      for (const line of lines) ok(widthOf(line) <= window.columns, line);
    }),
    { numRuns: 60 },
  );
});

Deno.test("Frame says with words and signs what colours say", () => {
  const text = plain(draw(sampleState(), { columns: 80, rows: 24 }));
  ok(text.includes("● backed up 2 h ago"));
  ok(text.includes("⚠ hashed"));
  equal(plain(draw(sampleState([]), { columns: 80, rows: 24 })).includes("⚠ no backup yet"), true);
});
