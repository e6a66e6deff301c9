/**
 * The shapes that `--json` prints for the verbs that look inside a database.
 *
 * @module
 */

import * as v from "valibot";
import { PROOFS } from "../core/artifact/backup_record.ts";
import { warning } from "./json_shapes_failure.ts";

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const value = v.union([
  v.null(),
  text,
  v.number(),
  v.strictObject({ integer: text }),
  v.strictObject({ real: text }),
  v.strictObject({ blob: text, bytes: count }),
  v.strictObject({ text, bytes: count }),
]);

const row = v.record(text, value);
const change = v.picklist(["added", "removed", "changed"]);

const peeked = v.strictObject({
  id: v.nullable(text),
  backup: text,
  userVersion: v.number(),
  applicationId: v.number(),
  tables: v.array(v.strictObject({
    name: text,
    kind: v.picklist(["table", "virtual", "view"]),
    rows: v.nullable(count),
  })),
  rows: v.nullable(v.strictObject({
    table: text,
    columns: v.array(v.strictObject({ name: text, type: text })),
    rows: v.array(row),
    more: v.boolean(),
  })),
});

const compared = v.strictObject({
  before: text,
  after: text,
  same: v.boolean(),
  schema: v.array(v.strictObject({
    change,
    kind: text,
    name: text,
    before: v.optional(text),
    after: v.optional(text),
  })),
  tables: v.array(v.strictObject({
    table: text,
    status: v.picklist(["same", "changed", "added", "removed", "unknown"]),
    why: v.optional(text),
    added: count,
    removed: count,
    changed: count,
    same: count,
    rows: v.array(v.strictObject({
      change,
      key: row,
      before: v.optional(row),
      after: v.optional(row),
    })),
  })),
});

const safetyBackup = v.nullable(v.strictObject({ id: text, name: text, path: text }));

const rescued = v.strictObject({
  id: v.nullable(text),
  backup: text,
  database: text,
  table: text,
  inserted: count,
  replaced: count,
  kept: count,
  same: count,
  keys: v.array(row),
  leftOut: v.array(text),
  safetyBackup,
  dryRun: v.boolean(),
  warnings: v.array(warning),
});

/** What a check says of a backup; a drill tells how long each part took, in milliseconds. */
export const checkedBackup = {
  id: v.nullable(text),
  name: text,
  path: text,
  ok: v.boolean(),
  proof: v.picklist(PROOFS),
  faults: v.array(text),
  times: v.optional(v.strictObject({ restoreMs: count, proofMs: count, openMs: count })),
};

const drilled = v.strictObject({ ...checkedBackup, warnings: v.array(warning) });

const exported = v.strictObject({
  source: text,
  output: text,
  format: v.picklist(["db", "csv", "json", "jsonl"]),
  bytes: count,
  tables: v.array(v.strictObject({
    table: text,
    file: text,
    rows: count,
    bytes: count,
    columns: v.array(v.strictObject({ name: text, type: text })),
  })),
  warnings: v.array(warning),
});

/** `export --format zip`. */
const packed = v.strictObject({
  source: text,
  output: text,
  bytes: count,
  files: count,
  warnings: v.array(warning),
});

const size = v.strictObject({ pages: count, file: count, wal: count, free: count });

const maintained = v.strictObject({
  database: text,
  action: v.picklist(["integrity", "vacuum", "checkpoint", "analyze"]),
  ok: v.boolean(),
  journalMode: text,
  before: size,
  after: size,
  problems: v.array(text),
  foreignKeyViolations: count,
  safetyBackup,
  warnings: v.array(warning),
});

/** The data of each verb. */
export const insideShapes = {
  peek: peeked,
  diff: compared,
  rescue: rescued,
  drill: drilled,
  export: v.union([exported, packed]),
  maintain: maintained,
};
