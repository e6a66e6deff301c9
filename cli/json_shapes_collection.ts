/**
 * The shapes that `--json` prints for the verbs that look after the backups.
 *
 * @module
 */

import * as v from "valibot";
import { notSeen, warning } from "./json_shapes_failure.ts";

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const warnings = v.array(warning);

/** A record; the verb `list` has it in full. */
const record = v.looseObject({ id: text, name: text, size: count, pinned: v.boolean() });
const gone = v.strictObject({ id: text, name: text, size: count });

const plan = v.strictObject({
  keep: v.array(v.strictObject({
    backup: record,
    rules: v.array(text),
    why: text,
    until: v.optional(text),
  })),
  delete: v.array(v.strictObject({ backup: record, rule: text, why: text })),
  goodBefore: count,
  goodAfter: count,
  freedBytes: count,
  massDelete: v.boolean(),
  suspended: v.optional(text),
});

const state = v.strictObject({ at: text, count, bytes: count, oldest: text });
const deleted = v.strictObject({ backups: v.array(record), forgotten: v.array(text), warnings });
const edited = v.strictObject({ backups: v.array(record), warnings });
const tally = v.strictObject({ count, bytes: count });

const pruned = v.union([
  v.strictObject({ plan, dryRun: v.literal(true) }),
  v.strictObject({
    plan,
    dryRun: v.literal(false),
    trashed: v.array(v.strictObject({ ...gone.entries, why: text })),
    purged: v.array(gone),
    warnings,
  }),
  v.strictObject({
    simulation: v.strictObject({
      months: v.array(state),
      end: state,
      kept: v.array(text),
      peakBytes: count,
      taken: count,
    }),
  }),
  deleted,
]);

const healthy = v.strictObject({
  status: v.picklist(["healthy", "warning", "error"]),
  database: text,
  directory: text,
  issues: v.array(v.strictObject({
    level: v.picklist(["warning", "error"]),
    code: text,
    message: text,
    hint: text,
  })),
  facts: v.looseObject({ at: text, lastGood: v.nullable(text), missing: v.array(text) }),
  nextRun: v.nullable(text),
});

const counted = v.strictObject({
  database: text,
  directory: text,
  ...tally.entries,
  average: count,
  good: count,
  pinned: count,
  missing: count,
  trash: tally,
  oldest: v.nullable(text),
  newest: v.nullable(text),
  databaseGrowth: v.nullable(v.number()),
  directoryGrowth: v.nullable(v.number()),
  reasons: v.record(text, tally),
  sizes: v.array(v.strictObject({ at: text, bytes: count })),
});

const run = v.strictObject({
  id: text,
  job: text,
  startedAt: text,
  finishedAt: v.nullable(text),
  outcome: v.picklist(["running", "done", "partly", "failed", "cancelled", "skipped"]),
  code: v.nullable(text),
  message: v.nullable(text),
  backupId: v.nullable(text),
  user: v.nullable(text),
  host: v.nullable(text),
  details: v.record(text, v.unknown()),
});

const catalog = v.strictObject({
  directory: text,
  ok: v.boolean(),
  findings: v.array(
    v.strictObject({ kind: text, name: text, message: text, repairable: v.boolean() }),
  ),
  done: v.optional(v.array(text)),
  warnings: v.optional(warnings),
});

/** `catalog rebuild --from`. */
const rebuilt = v.strictObject({
  directory: text,
  database: text,
  backups: v.array(record),
  warnings,
});

/** The `data` of each verb. */
export const collectionShapes = {
  prune: pruned,
  pin: edited,
  unpin: edited,
  note: edited,
  delete: deleted,
  undelete: deleted,
  health: v.strictObject({ databases: v.array(healthy), failed: notSeen }),
  stats: v.strictObject({ databases: v.array(counted), failed: notSeen }),
  log: v.strictObject({ runs: v.array(run) }),
  "catalog check": catalog,
  "catalog repair": catalog,
  "catalog rebuild": v.union([catalog, rebuilt]),
  move: v.strictObject({ from: text, directory: text, files: count, bytes: count, warnings }),
} as const;
