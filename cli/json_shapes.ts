/**
 * The shapes that `--json` prints, version 1. A field may be added; one that goes or
 * changes its meaning raises the version.
 *
 * @module
 */

import * as v from "valibot";
import { byItselfShapes } from "./json_shapes_by_itself.ts";
import { collectionShapes } from "./json_shapes_collection.ts";
import {
  copiesDeleted,
  copiesListed,
  copiesVerified,
  elsewhereShapes,
} from "./json_shapes_elsewhere.ts";
import { failure, notSeen, warning } from "./json_shapes_failure.ts";
import { checkedBackup, insideShapes } from "./json_shapes_inside.ts";
import { instant, record } from "./json_shapes_record.ts";

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const nullable = v.nullable;

const error = v.strictObject({
  ...failure.entries,
  trace: v.optional(text),
});

const listed = v.object({
  ...record,
  status: v.picklist(["available", "missing", "deleted"]),
});

const taken = v.object({
  ...record,
  unchanged: v.boolean(),
  pruned: v.array(v.strictObject({ id: text, name: text, size: count, why: text })),
  warnings: v.array(warning),
});

const estimate = v.object({
  database: text,
  directory: text,
  size: count,
  free: v.optional(count),
  engine: v.picklist(["online", "clone", "compact"]),
  at: instant,
});

const preview = v.object({
  database: text,
  backup: text,
  id: nullable(text),
  createdAt: nullable(instant),
  live: v.picklist(["open", "missing", "unusable"]),
  tables: v.array(v.object({ table: text, live: nullable(count), backup: nullable(count) })),
  doubts: v.array(text),
  files: nullable(v.object({
    added: count,
    replaced: count,
    removed: count,
    same: count,
    bytes: count,
    names: v.array(text),
  })),
  safety: v.boolean(),
});

const restored = v.object({
  id: nullable(text),
  backup: text,
  database: text,
  restoredAt: instant,
  safetyBackup: nullable(v.object({ id: text, name: text, path: text })),
  requiresRestart: v.boolean(),
  dryRun: v.boolean(),
  preview: nullable(preview),
  warnings: v.array(warning),
});

const held = v.strictObject({
  key: text,
  value: v.unknown(),
  origin: v.strictObject({
    from: v.picklist(["default", "file", "environment", "flag"]),
    name: v.optional(text),
  }),
});

/** The `data` of each verb. */
export const dataShapes = {
  backup: v.union([
    v.strictObject({
      backups: v.array(
        v.union([
          v.strictObject({ database: text, ok: v.literal(true), backup: taken }),
          v.strictObject({ database: text, ok: v.literal(false), error }),
        ]),
      ),
    }),
    v.strictObject({ dryRun: v.literal(true), estimates: v.array(estimate), failed: notSeen }),
  ]),
  list: v.union([
    v.strictObject({
      listings: v.array(
        v.strictObject({ database: text, directory: text, backups: v.array(listed) }),
      ),
      failed: notSeen,
    }),
    copiesListed,
  ]),
  show: v.strictObject({ database: text, directory: text, backup: listed }),
  verify: v.union([
    v.strictObject({
      ok: v.boolean(),
      backups: v.array(v.strictObject(checkedBackup)),
      warnings: v.array(warning),
    }),
    copiesVerified,
  ]),
  restore: restored,
  undo: restored,
  import: restored,
  ...insideShapes,
  ...collectionShapes,
  delete: v.union([collectionShapes.delete, copiesDeleted]),
  ...byItselfShapes,
  ...elsewhereShapes,
  init: v.strictObject({ path: text, databases: v.array(text) }),
  "config get": v.strictObject({ key: text, value: v.unknown() }),
  "config set": v.strictObject({ path: text, key: text, value: v.unknown() }),
  "config unset": v.strictObject({ path: text, key: text }),
  "config list": v.strictObject({
    path: nullable(text),
    general: v.array(held),
    databases: v.array(
      v.strictObject({ name: v.optional(text), path: nullable(text), settings: v.array(held) }),
    ),
  }),
  "config edit": v.strictObject({ path: text }),
  "config path": v.strictObject({
    path: text,
    by: v.picklist(["flag", "environment", "upward", "user"]),
  }),
  "config check": v.strictObject({
    path: text,
    ok: v.boolean(),
    issues: v.array(v.strictObject({ key: text, message: text, hint: v.optional(text) })),
  }),
  "doctor env": v.strictObject({
    ok: v.boolean(),
    findings: v.array(v.strictObject({
      name: text,
      status: v.picklist(["ok", "optional", "missing"]),
      found: text,
      use: text,
      hint: v.optional(text),
    })),
  }),
  man: v.strictObject({ page: text }),
  version: v.strictObject({ holdfast: text, deno: text, sqlite: text }),
} as const;

const verb = v.string();
const job = v.string();

/** The last line: how it ended. */
export const resultShape = v.union([
  v.strictObject({
    type: v.literal("result"),
    version: v.literal(1),
    verb,
    ok: v.boolean(),
    exitCode: count,
    data: v.unknown(),
  }),
  v.strictObject({
    type: v.literal("result"),
    version: v.literal(1),
    verb,
    ok: v.literal(false),
    exitCode: count,
    error,
  }),
]);

/** The lines of `watch`: its log. */
export const watchShape = v.strictObject({
  type: v.literal("watch"),
  at: instant,
  level: v.picklist(["info", "warning", "error"]),
  database: v.optional(text),
  message: text,
  code: v.optional(text),
  hint: v.optional(text),
  reason: v.optional(text),
});

/** The lines before it: what happens. */
export const eventShape = v.variant("type", [
  v.strictObject({ type: v.literal("started"), job, subject: text }),
  v.strictObject({
    type: v.literal("progress"),
    job,
    phase: text,
    done: v.number(),
    total: v.optional(v.number()),
    unit: v.picklist(["bytes", "rows", "tables", "files", "steps"]),
    item: v.optional(text),
    pointOfNoReturn: v.optional(v.boolean()),
  }),
  v.strictObject({
    type: v.literal("warning"),
    job,
    code: text,
    message: text,
    hint: v.optional(text),
  }),
  v.strictObject({
    type: v.literal("retrying"),
    job,
    attempt: count,
    delayMs: v.number(),
    message: text,
  }),
  v.strictObject({ type: v.literal("finished"), job, summary: text, elapsedMs: v.number() }),
  v.strictObject({
    type: v.literal("failed"),
    job,
    code: text,
    message: text,
    hint: v.optional(text),
  }),
]);
