/**
 * Shows what a restore would change and asks whether it may.
 *
 * @module
 */

import { HoldfastError } from "../../core/errors.ts";
import type { FilesPreview } from "../../core/restore/files_change.ts";
import type { RestorePreview, TableChange } from "../../core/restore/restore_preview.ts";
import { escapeText } from "../escape.ts";
import { grouped, plural, wallTime } from "../format.ts";
import type { Run } from "../session.ts";
import { table } from "../table.ts";

/** Tables that differ are all shown; of the others so many. */
const SAME_SHOWN = 8;

/** Rows per table, live against backup, and what gives one pause. */
export async function previewText(preview: RestorePreview, zone: string): Promise<string> {
  const changed = preview.tables.filter(differs);
  const same = preview.tables.filter((change) => !differs(change));
  const rows = [...changed, ...same.slice(0, SAME_SHOWN)];
  const when = preview.createdAt === null ? "" : `, taken ${wallTime(preview.createdAt, zone)}`;
  const parts = [`${escapeText(preview.backup)}${when}, onto ${escapeText(preview.database)}`];
  if (preview.live === "missing") parts.push("There is no live database: nothing is replaced.");
  if (preview.live === "unusable") parts.push("The live database is damaged: rows are not known.");
  if (rows.length > 0) {
    parts.push(
      await table(rows, [
        { title: "TABLE", cell: (row) => escapeText(row.table) },
        { title: "NOW", cell: (row) => count(row.live), align: "right" },
        { title: "BACKUP", cell: (row) => count(row.backup), align: "right" },
        { title: "CHANGE", cell: change, align: "right" },
      ]),
    );
  }
  const left = same.length - SAME_SHOWN;
  if (left > 0) parts.push(`and ${plural(left, "table")} with the same number of rows`);
  if (preview.files !== null) parts.push(filesText(preview.files));
  for (const doubt of preview.doubts) parts.push(`doubt: ${escapeText(doubt)}`);
  return parts.join("\n");
}

/** `Files: 2 come back, 1 is replaced (docs/a.txt, …); --no-files leaves them alone.` */
function filesText({ added, replaced, removed, same, names }: FilesPreview): string {
  const counts = [
    [added, "come back"],
    [replaced, "replaced"],
    [removed, "removed"],
    [same, "unchanged"],
  ] as const;
  const said = counts.filter(([number]) => number > 0)
    .map(([number, what]) => `${grouped(number)} ${what}`);
  const total = added + replaced + removed;
  if (total === 0) return `Files beside the database: ${said.join(", ")}.`;
  const more = total > names.length ? `, and ${grouped(total - names.length)} more` : "";
  return [
    `Files beside the database: ${said.join(", ")}. --no-files leaves them alone.`,
    `  ${names.map(escapeText).join(", ")}${more}`,
  ].join("\n");
}

/** Asks on the terminal. Gives `false` for no, and for Ctrl-C or escape. */
export async function confirmRestore(
  run: Run,
  preview: RestorePreview,
  what: string,
): Promise<boolean> {
  const { screen, canAsk } = run.session;
  run.printer.clear();
  screen.err.write(`${await previewText(preview, run.clock.zone())}\n`);
  if (!canAsk) {
    throw new HoldfastError("USAGE", `Cannot ask whether to ${what}: this is no terminal`, {
      hint:
        "Add --yes to go on without a question, or --dry-run to only look. Nothing was changed.",
    });
  }
  const { ask } = await import("../ask.ts");
  const safety = preview.safety && preview.live !== "missing"
    ? "A safety backup of it comes first; holdfast undo brings it back."
    : "There will be NO safety backup, and no undo.";
  const warning = preview.live === "missing"
    ? "This creates the database."
    : `This replaces the current state of the database. ${safety}`;
  screen.err.write(`${warning}\n`);
  return await ask(run, "Go on?");
}

function differs({ live, backup }: TableChange): boolean {
  return live !== backup;
}

function count(value: number | null): string {
  return value === null ? "-" : grouped(value);
}

function change({ live, backup }: TableChange): string {
  if (live === null) return "comes back";
  if (backup === null) return "goes";
  const by = backup - live;
  return by === 0 ? "same count" : `${by > 0 ? "+" : "-"}${grouped(Math.abs(by))}`;
}
