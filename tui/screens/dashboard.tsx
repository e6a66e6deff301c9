/**
 * The first screen: what matters most about one database.
 *
 * @module
 */

import type { ReactElement } from "react";
import { formatByteSize } from "../../mod.ts";
import { backupColumns } from "../parts/backup_columns.ts";
import { fitColumns, rowSpans } from "../parts/columns.ts";
import { Line, type Span, span } from "../parts/line.tsx";
import { activitySpans } from "../parts/activity_spans.ts";
import { targetState } from "../parts/target_state.ts";
import { pathWords } from "../parts/path_words.ts";
import { recordsOf } from "../state/backup_list.ts";
import { activityRows } from "../state/activity_rows.ts";
import type { State } from "../state/state.ts";
import { proofWords, remark } from "../text/backup_words.ts";
import { counted } from "../text/count.ts";
import { left, widthOf } from "../text/fit.ts";
import { ago, moment } from "../text/moment.ts";
import { safeText } from "../text/safe_text.ts";

const LABEL = 14;

type Lines = readonly (readonly Span[])[];

/** Draws it. */
export function Dashboard(
  { state, rows }: { readonly state: State; readonly rows: number },
): ReactElement[] {
  const width = state.size.columns;
  const facts = [
    ...problemLines(state),
    ...lastLines(state),
    ...healthLines(state),
    ...placeLines(state),
  ];
  const rest = rows - facts.length;
  const activity = activityLines(state, Math.floor(rest / 2));
  const newest = newestLines(state, rest - activity.length);
  return [...facts, ...newest, ...activity].map((spans, at) => (
    <Line key={at} spans={[span("  "), ...spans]} width={width} />
  ));
}

function label(text: string): Span {
  return span(left(text, LABEL), "faint");
}

function problemLines({ loadProblem, loaded, place, home, size }: State): Lines {
  if (loadProblem !== undefined) {
    const hint = loadProblem.hint === undefined ? [] : [[span(safeText(loadProblem.hint))]];
    return [[span(`✖ ${safeText(loadProblem.message)}`, "bad")], ...hint, []];
  }
  if (loaded === undefined) return [[span("reading …", "faint")], []];
  if (loaded.databaseSize !== undefined) return [];
  const path = pathWords(place?.database ?? "", { home, width: size.columns - 25 });
  return [
    [span(`✖ There is no file ${path}`, "bad")],
    ...(loaded.backups.length === 0
      ? []
      : [[span("  A restore brings it back: "), span("r", "accent")]]),
    [],
  ];
}

function lastLines(state: State): Lines {
  const { loaded, now } = state;
  if (loaded === undefined) return [];
  const last = loaded.backups.find(({ reason }) => reason !== "pre-restore");
  if (last === undefined) {
    return [
      [
        label("Last backup"),
        span("none yet", "warn"),
        span("   press "),
        span("b", "accent"),
        span(" to take the first one"),
      ],
      ...nextLines(state),
      [],
    ];
  }
  const proof = proofWords(last);
  const line = [
    label("Last backup"),
    span(`${moment(last.createdAt, state)}, ${ago(last.createdAt, now)}`, "strong"),
    span("   "),
    span(proof.text, proof.tone),
    span(`   ${last.reason}`),
  ];
  const words = remark(last);
  return [
    line,
    ...(words === "" ? [] : [[label(""), span(words)]]),
    ...nextLines(state),
    [],
  ];
}

/** When the next backup happens by itself. */
function nextLines(state: State): Lines {
  const { health, schedule } = state.loaded ?? {};
  const next = health?.nextRun;
  if (schedule === undefined || next === undefined || next === null) return [];
  const when = `${moment(next, state)}, ${ago(next, state.now)}`;
  return [[label("Next"), span(when), span(`   ${schedule}`, "faint")]];
}

/** What is not as it should be, and what to do now. */
function healthLines({ loaded, size }: State): Lines {
  const { health, backups = [] } = loaded ?? {};
  if (health === undefined || health.issues.length === 0 || backups.length === 0) return [];
  const roomy = size.rows >= 20;
  const lines = health.issues.slice(0, roomy ? 3 : 1).flatMap(({ level, message, hint }): Lines => {
    const [sign, tone] = level === "error" ? ["✖", "bad"] as const : ["⚠", "warn"] as const;
    const first = [span(`${sign} ${safeText(message)}`, tone)];
    return roomy ? [first, [span(`  ${safeText(hint)}`)]] : [first];
  });
  return [...lines, []];
}

function placeLines(state: State): Lines {
  const { place, loaded, home, size } = state;
  if (place === undefined) return [];
  const room = size.columns - LABEL - 4;
  const database = pathWords(place.database, { home, width: room });
  const directory = pathWords(place.directory, { home, width: room });
  return [
    [label("Database"), span(database)],
    ...(loaded?.databaseSize === undefined
      ? []
      : [[label(""), span(databaseFacts(loaded.databaseSize, state))]]),
    [label("Backups in"), span(directory)],
    ...(loaded === undefined ? [] : [[label(""), span(backupFacts(state))]]),
    ...targetLines(state),
    [],
  ];
}

/** Rows are only counted in backups: the line says of when the count is. */
function databaseFacts(size: number, state: State): string {
  const newest = state.loaded?.backups.find(({ metadata }) => metadata.recordCount !== undefined);
  const mode = newest?.metadata.journalMode;
  const records = newest && recordsOf(newest);
  const tables = Object.keys(newest?.metadata.recordCount ?? {}).length;
  const counts = `${counted(records ?? 0, "record")} in ${counted(tables, "table")}`;
  const parts = [
    formatByteSize(size),
    ...(newest === undefined ? [] : [`${counts} as of ${moment(newest.createdAt, state)}`]),
    ...(mode === undefined ? [] : [mode === "wal" ? "WAL" : `journal: ${mode}`]),
  ];
  return sideBySide(parts, state);
}

/** Facts in one line. What does not fit is left out: half a word helps nobody. */
function sideBySide(parts: readonly string[], { size }: State): string {
  const room = size.columns - LABEL - 4;
  return parts.slice(1).reduce((line, part) => {
    const longer = `${line}   ${part}`;
    return widthOf(longer) <= room ? longer : line;
  }, parts[0] ?? "");
}

/** Where copies go, with the state of each. */
function targetLines({ loaded }: State): Lines {
  const targets = loaded?.targets ?? [];
  if (targets.length === 0) return [];
  const spans = targets.flatMap((target, at) => {
    const { words, tone } = targetState(target);
    const copies = target.enabled && target.bad === 0 && target.copies > 0
      ? `✔ ${target.copies}`
      : words;
    return [span(at === 0 ? "" : "   "), span(`${safeText(target.name)} `), span(copies, tone)];
  });
  return [[label("Targets"), ...spans]];
}

function backupFacts(state: State): string {
  const { loaded } = state;
  const backups = (loaded?.backups ?? []).filter(({ status }) => status === "available");
  const bytes = backups.reduce((sum, { size }) => sum + size, 0);
  const oldest = backups.at(-1);
  const parts = [
    counted(backups.length, "backup"),
    formatByteSize(bytes),
    ...(oldest === undefined ? [] : [`oldest ${moment(oldest.createdAt, state)}`]),
    ...(loaded?.free === undefined ? [] : [`${formatByteSize(loaded.free)} free`]),
  ];
  return sideBySide(parts, state);
}

/** What was done here last. */
function activityLines(state: State, rows: number): Lines {
  const done = activityRows(state).slice(0, rows - 2);
  if (done.length === 0 || rows < 4) return [];
  const width = state.size.columns - 6;
  return [
    [],
    [span("Activity", "faint")],
    ...done.map((row) => [span("  "), ...activitySpans(row, { state, width })]),
  ];
}

function newestLines(state: State, rows: number): Lines {
  const backups = state.loaded?.backups ?? [];
  if (backups.length === 0 || rows < 2) return [];
  const columns = fitColumns(backupColumns(state), state.size.columns - 6);
  return [
    [span("Newest", "faint")],
    ...backups.slice(0, rows - 1).map((backup) => [span("  "), ...rowSpans(columns, backup)]),
  ];
}
