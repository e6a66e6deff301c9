/**
 * Tells the notifiers of a database what happened, and keeps what they were told.
 *
 * @module
 */

import { Catalog } from "../catalog/catalog.ts";
import type { Clock } from "../clock.ts";
import type { NewsKind } from "../config/target_settings.ts";
import { HoldfastError } from "../errors.ts";
import type { Notification, Notifier } from "../extend/notifier.ts";
import { TargetError } from "../extend/target_error.ts";
import { noteRun } from "../directory/run_log.ts";
import { isDirectory } from "../files/is_file.ts";
import type { Warning } from "../report.ts";
import { decideNews, type Occurrence } from "./decide_news.ts";
import { type NewsState, noNews, readNewsStates } from "./news_state.ts";
import { sendNews, type SendNewsOptions } from "./send_news.ts";

/** A notifier of the configuration, ready to send. */
export interface OpenNotifier {
  readonly name: string;
  readonly on: readonly NewsKind[];
  readonly notifier: Notifier;
}

/** About what and to whom it is told. */
export interface TellOptions extends SendNewsOptions {
  /** The database, by name or path, for people. */
  readonly database: string;
  /** Its backup directory, where what was told is kept. */
  readonly directory: string;
  readonly notifiers: readonly OpenNotifier[];
  readonly clock: Clock;
  /** What was told, where the directory cannot be written: for a process that stays. */
  readonly memory?: Map<string, string> | undefined;
}

/** The key of the state in the catalog. */
const FACT = "news";

/**
 * Tells each notifier what it should know. Never throws for a notifier: what could not be
 * sent is in the log of runs (job `notify`), and in what it gives.
 */
export async function tell(
  occurrence: Occurrence,
  options: TellOptions,
): Promise<readonly Warning[]> {
  const { notifiers, database, clock } = options;
  if (notifiers.length === 0) return [];
  const states = await readStates(options);
  const sent: Sent[] = [];
  for (const { name, on, notifier } of notifiers) {
    const reader = { database, now: clock.now(), on, beats: notifier.wants === "beats" };
    const before = states[name] ?? noNews;
    const { state, send } = decideNews(before, occurrence, reader);
    const ends = await Promise.all(
      send.map((each) => sendOne(name, notifier, { notification: each, options })),
    );
    sent.push(...ends);
    // What could not be sent is news again the next time.
    const lost = ends.filter(({ error }) => error !== undefined);
    states[name] = lost.length > 0 ? untold({ state, before }, lost) : state;
  }
  await keep(states, sent, options);
  return sent.filter(({ error }) => error !== undefined).map(({ name, error }) => ({
    code: "NOT_NOTIFIED",
    message: `Cannot notify "${name}": ${error?.message}`,
    hint: error?.hint ?? `Try it: holdfast notify test ${name}`,
  }));
}

/** A lost recovery still fails, so that the next success tells it. */
function untold(
  { state, before }: { readonly state: NewsState; readonly before: NewsState },
  lost: readonly Sent[],
): NewsState {
  const isRecovery = lost.some(({ notification }) => notification.kind === "recovery");
  const failing = isRecovery ? before.failing : state.failing;
  return { ...state, failing, told: before.told, sent: before.sent };
}

interface Sent {
  readonly name: string;
  readonly notification: Notification;
  readonly error: TargetError | undefined;
}

async function sendOne(
  name: string,
  notifier: Notifier,
  { notification, options }: { readonly notification: Notification; readonly options: TellOptions },
): Promise<Sent> {
  try {
    await sendNews(notifier, notification, options);
    return { name, notification, error: undefined };
  } catch (error) {
    if (error instanceof TargetError) return { name, notification, error };
    throw error;
  }
}

async function readStates({ directory, memory }: TellOptions): Promise<Record<string, NewsState>> {
  const remembered = memory?.get(directory);
  if (remembered !== undefined) return readNewsStates(remembered);
  if (!await isDirectory(directory)) return {};
  using catalog = Catalog.openToRead(directory);
  return readNewsStates(catalog?.fact(FACT));
}

/** Where the directory cannot be written, only a process that stays remembers. */
async function keep(
  states: Record<string, NewsState>,
  sent: readonly Sent[],
  options: TellOptions,
): Promise<void> {
  const { directory, memory } = options;
  const text = JSON.stringify(states);
  memory?.set(directory, text);
  if (!await hasCatalog(directory)) return;
  try {
    using catalog = Catalog.openToWrite(directory);
    if (catalog.fact(FACT) !== text) catalog.setFact(FACT, text);
    for (const each of sent) logSent(catalog, each, options.clock);
    memory?.delete(directory);
  } catch (error) {
    // A full or read-only disk is news itself, told by the backup that fails there.
    if (!(error instanceof HoldfastError) && !isSqlite(error)) throw error;
  }
}

async function hasCatalog(directory: string): Promise<boolean> {
  if (!await isDirectory(directory)) return false;
  using catalog = Catalog.openToRead(directory);
  return catalog !== undefined;
}

function isSqlite(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_SQLITE_ERROR";
}

/** Beats that arrived are no news: only what failed, and what people got, is kept. */
function logSent(catalog: Catalog, { name, notification, error }: Sent, clock: Clock): void {
  const { kind, title } = notification;
  if (error === undefined && (kind === "started" || kind === "success")) return;
  noteRun("notify", { catalog, clock }, {
    outcome: error === undefined ? "done" : "failed",
    code: error === undefined ? null : "TARGET_FAILED",
    message: error === undefined ? title : error.message,
    details: { notifier: name, kind, ...(error === undefined ? {} : { error: error.kind }) },
  });
}
