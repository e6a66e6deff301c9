/**
 * The restore modal while a backup is chosen.
 *
 * @module
 */

import type { ReactElement } from "react";
import type { FilesPreview } from "../../mod.ts";
import type { KnownBackup } from "../known_backup.ts";
import { backupColumns } from "../parts/backup_columns.ts";
import { changeLines } from "../parts/change_lines.ts";
import { fitColumns, rowSpans, titleSpans } from "../parts/columns.ts";
import { fieldSpans } from "../parts/field_spans.ts";
import { Line, type Span, span } from "../parts/line.tsx";
import { cursorRow } from "../state/backup_list.ts";
import type { RestoreModal } from "../state/modal.ts";
import { restorePage, topRow } from "../state/page_size.ts";
import type { State } from "../state/state.ts";
import { candidates } from "../state/update_restore.ts";
import { count } from "../text/count.ts";
import { wrap } from "../text/fit.ts";
import { safeText } from "../text/safe_text.ts";
import { restoreSteps } from "./restore_steps.ts";

type Lines = readonly (readonly Span[])[];

interface Room {
  readonly state: State;
  readonly modal: RestoreModal;
  readonly rows: number;
}

/** Draws it. */
export function Restore(room: Room): ReactElement[] {
  const width = room.state.size.columns;
  const lines = room.modal.step === "choose" || room.modal.step === "doubts"
    ? choosing(room)
    : restoreSteps(room.state, room.modal);
  return lines.slice(0, room.rows).map((spans, at) => (
    <Line key={at} spans={[span("  "), ...spans]} width={width} />
  ));
}

const WARNING = "Restoring replaces your current database. A backup of the current state is " +
  "created first; undo brings it back.";

function choosing({ state, modal, rows }: Room): Lines {
  const width = state.size.columns - 4;
  const roomy = rows >= 16;
  const warning = wrap(WARNING, width - 2).map((text, at) => [
    span(at === 0 ? "⚠ " : "  ", "warn"),
    span(text, at === 0 ? "warn" : undefined),
  ]);
  const blank: Lines = roomy ? [[]] : [];
  const list = [...listLines(state, modal), statusLine(state, modal)];
  const above = [...warning, ...blank, ...list, ...blank];
  return [...above, ...effectLines({ state, modal, rows: rows - above.length })];
}

function listLines(state: State, modal: RestoreModal): Lines {
  const backups = candidates(state, modal);
  const columns = fitColumns(backupColumns(state), state.size.columns - 8);
  const row = cursorRow(backups, modal.list);
  const page = restorePage(state.size);
  const top = topRow(row, { length: backups.length, page });
  const lines = backups.slice(top, top + page).map((backup: KnownBackup, at) => {
    const on = modal.other === undefined && top + at === row;
    const sign = span(on ? "● " : "○ ", on ? "accent" : "faint");
    return [sign, ...rowSpans(columns, backup).map((each) => on ? bold(each) : each)];
  });
  const other: Lines = modal.other === undefined
    ? []
    : [[span("● ", "accent"), span(safeText(modal.other.title), "strong")]];
  return [[span("  "), ...titleSpans(columns)], ...lines, ...other];
}

function bold(piece: Span): Span {
  return { ...piece, tone: piece.tone ?? "strong" };
}

function statusLine(state: State, modal: RestoreModal): readonly Span[] {
  const { list, typed } = modal;
  const width = state.size.columns - 30;
  if (typed !== undefined) {
    const label = typed.kind === "moment" ? "Moment  " : "File  ";
    return [span(`  ${label}`, "accent"), ...fieldSpans(typed.field, { width, active: true })];
  }
  const total = candidates(state, modal).length;
  const at = total === 0
    ? "no backup fits"
    : `${count(cursorRow(candidates(state, modal), list) + 1)} of ${count(total)}`;
  if (!list.typing && list.filter.text === "") return [span(`  ${at}`, "faint")];
  const field = fieldSpans(list.filter, { width, active: list.typing });
  return [span("  /", "accent"), ...field, span(`   ${at}`, "faint")];
}

function effectLines({ state, modal, rows }: Room): Lines {
  const { typed, preview } = modal;
  if (typed !== undefined) return typedLines(typed, state.size.columns - 4);
  if (preview.kind === "looking") return [[span("looking at what would change …", "faint")]];
  if (preview.kind === "failed") {
    const { message, hint } = preview.problem;
    const width = state.size.columns - 6;
    return [
      ...wrap(safeText(message), width).map((text) => [span(`✖ ${text}`, "bad")]),
      ...wrap(safeText(hint ?? ""), width).map((text) => [span(`  ${text}`)]),
    ];
  }
  if (preview.kind === "elsewhere") return elsewhereLines(preview.homes, state.size.columns - 6);
  if (modal.step === "doubts") {
    return [
      ...preview.preview.doubts.map((doubt) => [span(`⚠ ${safeText(doubt)}`, "warn")]),
      [
        span("Restore it anyway?  "),
        span("y", "accent"),
        span(" yes   "),
        span("esc", "accent"),
        span(" no"),
      ],
    ];
  }
  const files = filesLine(preview.preview.files);
  const width = state.size.columns - 4;
  if (files === undefined) return changeLines(preview.preview, { rows, width });
  return [files, ...changeLines(preview.preview, { rows: rows - 1, width })];
}

/** It can be restored all the same. */
function elsewhereLines(homes: readonly string[], width: number): Lines {
  const text = `It lies only on ${safeText(homes.join(", "))}. ⏎ fetches it into the backup ` +
    "directory; then you see here what would change.";
  return wrap(text, width).map((line, at) => [span(at === 0 ? "↓ " : "  ", "warn"), span(line)]);
}

/** What happens to the files beside the database. */
function filesLine(files: FilesPreview | null): readonly Span[] | undefined {
  if (files === null) return undefined;
  const { added, replaced, removed } = files;
  if (added + replaced + removed === 0) return undefined;
  const text = `${count(added)} come back, ${count(replaced)} replaced, ${count(removed)} removed`;
  return [span("files beside it: "), span(text, "warn")];
}

function typedLines(typed: NonNullable<RestoreModal["typed"]>, width: number): Lines {
  const help = typed.kind === "moment"
    ? 'For example "yesterday 18:00", "2h ago", "2026-01-02 10:00". The newest good backup of that moment or before is taken.'
    : "The path of a SQLite file or of a backup of holdfast; Tab completes it.";
  const lines = wrap(typed.error ?? help, width - 2);
  const tone = typed.error === undefined ? "faint" : "bad";
  return lines.map((text) => [span(text, tone)]);
}
