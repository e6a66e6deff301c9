/**
 * The forms that ask where to: an export, another backup directory.
 *
 * @module
 */

import type { ExportChoice } from "../actions.ts";
import { moment } from "../text/moment.ts";
import { choiceField, type Form, textField, valuesOf } from "./form.ts";
import { chosenInList } from "./listed.ts";
import type { FormModal } from "./modal.ts";
import type { State } from "./state.ts";

const formats = ["db", "zip", "csv", "json", "jsonl"] as const;

/** The form of an export: of the backup under the cursor, outside the list of the database. */
export function exportForm(state: State): FormModal {
  const [backup] = state.screen === "backups" ? chosenInList(state) : [];
  const fields = [
    choiceField("format", "Format", {
      help: "db is a SQLite file; zip holds it with its record; csv, json, jsonl: a file a table",
      choices: formats,
    }),
    textField("output", "Where", {
      help: "A file or a folder that ends with /; left empty: the folder that you are in",
    }),
    choiceField("force", "If it is there", {
      help: "What to do where such a file is there already",
      choices: ["leave it", "replace it"],
    }),
  ];
  return {
    kind: "form",
    title: "Export",
    intro: backup === undefined
      ? "the database as it is now"
      : `the backup of ${moment(backup.createdAt, state)}`,
    submit: "export",
    form: { fields, focus: 0 },
    purpose: { kind: "export", backup: backup?.id },
  };
}

/** What it says. */
export function exportChoice(form: Form, backup: string | undefined): ExportChoice {
  const { format, output = "", force } = valuesOf(form);
  return {
    backup,
    format: formats.find((each) => each === format) ?? "db",
    output: output.trim(),
    force: force === "replace it",
  };
}

/** The form of another backup directory. */
export function moveForm({ place }: State): FormModal {
  const to = textField("to", "New directory", {
    help: "All backups go there with their catalog; the old directory leads there",
    value: place?.directory ?? "",
  });
  return {
    kind: "form",
    title: "Move the backups",
    intro: "nothing is deleted before all has arrived",
    submit: "move",
    form: { fields: [to], focus: 0 },
    purpose: { kind: "move" },
  };
}
