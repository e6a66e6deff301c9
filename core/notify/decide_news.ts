/**
 * Decides which news goes to a notifier. Pure: what happened and the time come in.
 *
 * @module
 */

import type { NewsKind } from "../config/target_settings.ts";
import type { Notification } from "../extend/notifier.ts";
import type { HealthIssue } from "../health/judge_health.ts";
import type { NewsState } from "./news_state.ts";

/** Something happened that may be news. */
export type Occurrence =
  | { readonly kind: "started"; readonly job: string }
  | {
    readonly kind: "done";
    readonly job: string;
    readonly summary: string;
    readonly facts?: Readonly<Record<string, unknown>> | undefined;
  }
  | {
    readonly kind: "failed";
    readonly job: string;
    readonly code: string;
    readonly message: string;
    readonly hint?: string | undefined;
  }
  /** All that health finds at present; what it no longer finds is over. */
  | { readonly kind: "health"; readonly issues: readonly HealthIssue[] };

/** For whom it is decided. */
export interface NewsReader {
  /** The database, by name or path. */
  readonly database: string;
  readonly now: Temporal.Instant;
  /** Which news it wants. */
  readonly on: readonly NewsKind[];
  /** It counts every start and end, whatever `on` says. */
  readonly beats: boolean;
}

/** What to send, and what was told once it is sent. */
export interface NewsDecision {
  readonly state: NewsState;
  readonly send: readonly Notification[];
}

/** The same failure or warning is told again only after a day. */
const AGAIN_MS = 24 * 3_600_000;
/** So much news at once in a day; the rest is counted. */
const MOST_A_DAY = 8;

/**
 * A failure is told at once, the same one again after a day; the recovery once. A warning
 * of health is told when it appears, and again after a day. However a job flaps, no
 * more than eight messages go out in a day; what was held back is counted in the next.
 */
export function decideNews(
  before: NewsState,
  occurrence: Occurrence,
  reader: NewsReader,
): NewsDecision {
  const { state, news } = heard(recent(before, reader.now), occurrence, reader);
  if (reader.beats) return { state, send: beatsOf(occurrence, news, reader) };
  const wanted = news.filter(({ kind }) => reader.on.some((each) => each === kind));
  const told = withDigest(limited(state, wanted, reader.now), reader);
  return told;
}

interface Heard {
  readonly state: NewsState;
  readonly news: readonly Notification[];
}

function heard(state: NewsState, occurrence: Occurrence, reader: NewsReader): Heard {
  switch (occurrence.kind) {
    case "started":
      return { state, news: [] };
    case "failed":
      return heardFailure(state, occurrence, reader);
    case "done":
      return heardSuccess(state, occurrence, reader);
    case "health":
      return heardHealth(state, occurrence.issues, reader);
  }
}

function heardFailure(
  state: NewsState,
  { job, code, message, hint }: Extract<Occurrence, { kind: "failed" }>,
  reader: NewsReader,
): Heard {
  const at = iso(reader.now);
  const row = state.failing[job] ?? { since: at, count: 0 };
  const count = row.count + 1;
  const key = `${job} ${code}`;
  const next: NewsState = {
    ...counted(state, reader.now, "failed"),
    failing: { ...state.failing, [job]: { since: row.since, count } },
  };
  if (state.told[key] !== undefined) return { state: next, news: [] };
  const times = count > 1 ? `It failed ${count} times in a row, first at ${row.since}.` : "";
  const news = notification("failure", job, reader, {
    title: `${reader.database}: ${job} failed`,
    text: lines(`${message}.`, hint, times),
    code,
    facts: { failuresInARow: count, since: row.since },
  });
  return { state: { ...next, told: { ...next.told, [key]: at } }, news: [news] };
}

function heardSuccess(
  state: NewsState,
  { job, summary, facts }: Extract<Occurrence, { kind: "done" }>,
  reader: NewsReader,
): Heard {
  const { [job]: row, ...failing } = state.failing;
  const next: NewsState = { ...counted(state, reader.now, "done"), failing };
  const success = notification("success", job, reader, {
    title: `${reader.database}: ${job} done`,
    text: summary,
    facts,
  });
  if (row === undefined) return { state: next, news: [success] };
  const told = Object.fromEntries(
    Object.entries(state.told).filter(([key]) => !key.startsWith(`${job} `)),
  );
  const recovery = notification("recovery", job, reader, {
    title: `${reader.database}: ${job} works again`,
    text: lines(summary, `It had failed ${row.count} times since ${row.since}.`),
    facts: { ...facts, failures: row.count, since: row.since },
  });
  // Who hears of the recovery need not hear of the success too.
  const news = reader.on.includes("recovery") ? [recovery] : [success];
  return { state: { ...next, told }, news };
}

function heardHealth(
  state: NewsState,
  issues: readonly HealthIssue[],
  reader: NewsReader,
): Heard {
  const at = iso(reader.now);
  const fresh = issues.filter(({ code }) => state.told[`health ${code}`] === undefined);
  // A failed backup is told as a failure already.
  const worth = fresh.filter(({ code }) =>
    code !== "BACKUP_FAILED" && code !== "RETENTION_SUSPENDED"
  );
  if (worth.length === 0) return { state, news: [] };
  const told = { ...state.told };
  for (const { code } of worth) told[`health ${code}`] = at;
  const [first] = worth;
  const news = notification("warning", "health", reader, {
    title: `${reader.database}: ${first?.message ?? "not healthy"}`,
    text: worth.map(({ message, hint }) => `${message}. ${hint}`).join("\n"),
    code: first?.code,
    facts: { codes: worth.map(({ code }) => code) },
  });
  const next = counted(state, reader.now, undefined, worth.map(({ code }) => code));
  return { state: { ...next, told }, news: [news] };
}

/** Only so much at once: the rest is counted, and the next message says how much. */
function limited(
  state: NewsState,
  news: readonly Notification[],
  now: Temporal.Instant,
): NewsDecision {
  const send: Notification[] = [];
  let { sent, held } = state;
  for (const each of news) {
    if (sent.length >= MOST_A_DAY) {
      held++;
      continue;
    }
    send.push(
      held === 0 ? each : {
        ...each,
        text: lines(each.text, `${held} more messages were held back; see: holdfast log`),
      },
    );
    held = 0;
    sent = [...sent, iso(now)];
  }
  return { state: { ...state, sent, held }, send };
}

/** The digest of a day, with the first news after it. */
function withDigest({ state, send }: NewsDecision, reader: NewsReader): NewsDecision {
  const { digest } = state;
  if (!reader.on.includes("digest") || digest === undefined) return { state, send };
  if (reader.now.epochMilliseconds - Date.parse(digest.since) < AGAIN_MS) return { state, send };
  const failing = Object.entries(state.failing).map(([job, { since }]) =>
    `${job} fails since ${since}.`
  );
  const warnings = digest.warnings.length === 0 ? "" : `Warnings: ${digest.warnings.join(", ")}.`;
  const held = state.held === 0 ? "" : `${state.held} messages were held back.`;
  const news = notification("digest", "backup", reader, {
    title: `${reader.database}: ${digest.done} done, ${digest.failed} failed`,
    text: lines(`Since ${digest.since}.`, ...failing, warnings, held),
    facts: { ...digest },
  });
  return { state: { ...state, digest: undefined, held: 0 }, send: [...send, news] };
}

/** Each start and each end, as it is. */
function beatsOf(
  occurrence: Occurrence,
  news: readonly Notification[],
  reader: NewsReader,
): readonly Notification[] {
  const { kind } = occurrence;
  if (kind === "health") {
    // Its other side must not take for well what health calls an error.
    const isBad = occurrence.issues.some(({ level }) => level === "error");
    return news.map((each) => isBad ? { ...each, kind: "failure" } : each);
  }
  // One address stands for the backups: another job would make them look alive.
  if (occurrence.job !== "backup") return [];
  const text = kind === "failed" ? occurrence.message : kind === "done" ? occurrence.summary : "";
  const as = ({ started: "started", done: "success", failed: "failure" } as const)[kind];
  const title = `${reader.database}: ${occurrence.job} ${kind}`;
  const code = kind === "failed" ? occurrence.code : undefined;
  return [notification(as, occurrence.job, reader, { title, text, code })];
}

function counted(
  state: NewsState,
  now: Temporal.Instant,
  what: "done" | "failed" | undefined,
  warnings: readonly string[] = [],
): NewsState {
  const digest = state.digest ?? { since: iso(now), done: 0, failed: 0, warnings: [] };
  return {
    ...state,
    digest: {
      since: digest.since,
      done: digest.done + (what === "done" ? 1 : 0),
      failed: digest.failed + (what === "failed" ? 1 : 0),
      warnings: [...new Set([...digest.warnings, ...warnings])],
    },
  };
}

/** Without what is older than a day, or from a future that a wrong clock saw. */
function recent(state: NewsState, now: Temporal.Instant): NewsState {
  const isRecent = (at: string): boolean => {
    const age = now.epochMilliseconds - Date.parse(at);
    return age >= 0 && age < AGAIN_MS;
  };
  const told = Object.fromEntries(Object.entries(state.told).filter(([, at]) => isRecent(at)));
  return { ...state, told, sent: state.sent.filter(isRecent) };
}

function notification(
  kind: Notification["kind"],
  job: string,
  { database, now }: NewsReader,
  words: Pick<Notification, "title" | "text" | "code" | "facts">,
): Notification {
  return { kind, job, database, at: iso(now), ...words };
}

function iso(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 3 });
}

function lines(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text !== "").join("\n");
}
