import { deepStrictEqual as equal, ok } from "node:assert/strict";
import type { NewsKind } from "../config/target_settings.ts";
import type { Notification } from "../extend/notifier.ts";
import { decideNews, type Occurrence } from "./decide_news.ts";
import { type NewsState, noNews, readNewsStates } from "./news_state.ts";

const start = Temporal.Instant.from("2026-01-03T12:00:00Z");
const usual: readonly NewsKind[] = ["failure", "recovery", "warning"];
const failed: Occurrence = {
  kind: "failed",
  job: "backup",
  code: "NO_SPACE",
  message: "The disk is full",
};
const done: Occurrence = { kind: "done", job: "backup", summary: "2026-… 9 MB" };

/** Tells one thing after the other, an hour apart. */
function hourly(
  occurrences: readonly Occurrence[],
  { on = usual, beats = false }: { readonly on?: readonly NewsKind[]; readonly beats?: boolean } =
    {},
): readonly Notification[] {
  let state: NewsState = noNews;
  return occurrences.flatMap((occurrence, hour) => {
    const now = start.add({ hours: hour });
    const decision = decideNews(state, occurrence, { database: "app", now, on, beats });
    state = readNewsStates(JSON.stringify({ it: decision.state })).it ?? noNews;
    return decision.send;
  });
}

function kinds(news: readonly Notification[]): readonly string[] {
  return news.map(({ kind }) => kind);
}

Deno.test("decideNews tells a failure once, and again after a day", () => {
  const news = hourly(Array.from({ length: 49 }, () => failed));
  equal(news.map(({ at }) => at), [
    "2026-01-03T12:00:00.000Z",
    "2026-01-04T12:00:00.000Z",
    "2026-01-05T12:00:00.000Z",
  ]);
  equal(news[1]?.facts?.failuresInARow, 25);
  equal(news[0]?.code, "NO_SPACE");
});

Deno.test("decideNews tells another failure in between at once", () => {
  const busy: Occurrence = { ...failed, code: "DATABASE_BUSY" };
  equal(kinds(hourly([failed, busy, failed, busy])), ["failure", "failure"]);
});

Deno.test("decideNews tells the recovery once, with how long it failed", () => {
  const news = hourly([failed, failed, failed, done, done]);
  equal(kinds(news), ["failure", "recovery"]);
  equal(news[1]?.facts?.failures, 3);
});

Deno.test("decideNews sends no storm however often a job fails and recovers", () => {
  const flapping = Array.from({ length: 48 }, (_, hour) => hour % 2 === 0 ? failed : done);
  const news = hourly(flapping);
  ok(news.length <= 2 * 8 + 1, `${news.length} messages in two days`);
  ok(news.some(({ text }) => text.includes("held back")));
});

Deno.test("decideNews tells a success only to who wants it", () => {
  equal(kinds(hourly([done, done])), []);
  equal(kinds(hourly([done, done], { on: ["success"] })), ["success", "success"]);
  equal(kinds(hourly([failed, done], { on: ["success"] })), ["success"]);
});

Deno.test("decideNews tells a warning of health when it appears, and after a day again", () => {
  const issue = {
    level: "warning",
    code: "FULL_SOON",
    message: "Full in 9 days",
    hint: "Free it.",
  };
  const unwell: Occurrence = { kind: "health", issues: [{ ...issue, level: "warning" }] };
  const news = hourly([unwell, unwell, ...Array.from({ length: 23 }, () => unwell)]);
  equal(kinds(news), ["warning", "warning"]);
  equal(news[0]?.title, "app: Full in 9 days");
});

Deno.test("decideNews leaves a failed backup to the failure", () => {
  const issue = { code: "BACKUP_FAILED", message: "The last backup failed", hint: "See why." };
  const unwell: Occurrence = { kind: "health", issues: [{ ...issue, level: "error" }] };
  equal(hourly([failed, unwell]).length, 1);
});

Deno.test("decideNews sends a digest a day, with what was done and failed", () => {
  const day = Array.from({ length: 25 }, (_, hour) => hour === 3 ? failed : done);
  const news = hourly(day, { on: ["digest"] });
  equal(kinds(news), ["digest"]);
  equal(news[0]?.title, "app: 24 done, 1 failed");
});

Deno.test("decideNews tells who counts beats every start and end of a backup", () => {
  const started: Occurrence = { kind: "started", job: "backup" };
  const verify: Occurrence = { kind: "done", job: "verify", summary: "all good" };
  const news = hourly([started, failed, started, failed, started, done, verify], { beats: true });
  equal(kinds(news), ["started", "failure", "started", "failure", "started", "success"]);
});

Deno.test("decideNews tells who counts beats of an error of health as a failure, of a warning as such", () => {
  const issue = { code: "BACKUP_OLD", message: "It is old", hint: "Take one" };
  const found = (level: "error" | "warning"): Occurrence => ({
    kind: "health",
    issues: [{ ...issue, level }],
  });
  equal(kinds(hourly([found("error"), found("error")], { beats: true })), ["failure"]);
  equal(kinds(hourly([found("warning")], { beats: true })), ["warning"]);
});

Deno.test("decideNews is not silenced by a clock that was wrong", () => {
  const later: NewsState = {
    ...noNews,
    told: { "backup NO_SPACE": "2031-01-01T00:00:00.000Z" },
    sent: Array.from({ length: 9 }, () => "2031-01-01T00:00:00.000Z"),
  };
  const reader = { database: "app", now: start, on: usual, beats: false };
  equal(decideNews(later, failed, reader).send.length, 1);
});
