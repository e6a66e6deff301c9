/**
 * Sizes, growth, and how often backups succeeded.
 *
 * @module
 */

import type { ReactElement } from "react";
import { formatByteSize, type Run } from "../../mod.ts";
import { columnsChart } from "../parts/columns_chart.ts";
import { Line, type Span, span } from "../parts/line.tsx";
import type { State } from "../state/state.ts";
import { counted } from "../text/count.ts";
import { left, right } from "../text/fit.ts";
import { moment } from "../text/moment.ts";

type Lines = readonly (readonly Span[])[];

/** Draws it. */
export function Statistics(
  { state, rows }: { readonly state: State; readonly rows: number },
): ReactElement[] {
  const width = state.size.columns;
  const facts = factLines(state);
  const lines = [...facts, ...chartLines(state, rows - facts.length)];
  return lines.map((spans, at) => <Line key={at} spans={[span("  "), ...spans]} width={width} />);
}

function label(text: string): Span {
  return span(left(text, 12), "faint");
}

function factLines({ loaded }: State): Lines {
  const { stats, runs = [] } = loaded ?? {};
  if (stats === undefined) return [[span("reading …", "faint")]];
  const { count, bytes, average, good, pinned, missing, trash } = stats;
  const reasons = Object.entries(stats.reasons).toSorted(([, a], [, b]) => b.count - a.count);
  return [
    [
      label("Backups"),
      span(`${count}, ${formatByteSize(bytes)}, ${formatByteSize(average)} on average`, "strong"),
    ],
    [
      label(""),
      span(`${good} good   ${pinned} pinned   ${missing} missing   `),
      span(
        `${trash.count} in the trash, ${formatByteSize(trash.bytes)}`,
      ),
    ],
    [label("Success"), span(successWords(runs))],
    [label("Growth"), span(growthWords("database", stats.databaseGrowth))],
    [label(""), span(growthWords("backup directory", stats.directoryGrowth))],
    [
      label("Reasons"),
      span(reasons.map(([reason, tally]) => `${reason} ${tally.count}`).join("   ")),
    ],
    [],
  ];
}

/** `34 of 36 backups in the log (94 %)`. */
export function successWords(runs: readonly Run[]): string {
  const ended = runs.filter(({ job, outcome }) =>
    job === "backup" && (outcome === "done" || outcome === "partly" || outcome === "failed")
  );
  const well = ended.filter(({ outcome }) => outcome === "done").length;
  if (ended.length === 0) return "no backup in the log yet";
  const share = Math.floor(well / ended.length * 100);
  return `${well} of ${counted(ended.length, "backup")} in the log (${share} %)`;
}

function growthWords(what: string, bytesADay: number | null): string {
  if (bytesADay === null) return `${what}: too little is known yet`;
  const sign = bytesADay < 0 ? "" : "+";
  return `${what}: ${sign}${formatByteSize(bytesADay)} a day`;
}

function chartLines(state: State, rows: number): Lines {
  const sizes = state.loaded?.stats?.sizes ?? [];
  const height = Math.min(8, rows - 3);
  if (sizes.length < 2 || height < 1) return [];
  const shown = sizes.slice(-(state.size.columns - 20));
  const chart = columnsChart(shown.map(({ bytes }) => bytes), { width: shown.length, height });
  const largest = formatByteSize(Math.max(...shown.map(({ bytes }) => bytes)));
  const [first] = shown;
  const last = shown.at(-1);
  return [
    [span("Size of each backup, oldest first", "faint")],
    ...chart.map((line, at) => [
      span(right(at === 0 ? largest : "", 10), "faint"),
      span(" │", "faint"),
      span(line, "accent"),
    ]),
    [span(
      `${" ".repeat(12)}${moment(first?.at ?? "", state)} to ${moment(last?.at ?? "", state)}`,
      "faint",
    )],
  ];
}
