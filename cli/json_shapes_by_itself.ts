/**
 * The shapes that `--json` prints for what happens by itself: schedule, watch, news.
 *
 * @module
 */

import * as v from "valibot";
import { failure, notSeen } from "./json_shapes_failure.ts";
import { instant } from "./json_shapes_record.ts";

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const setting = v.union([text, v.number(), v.boolean(), v.array(text)]);

const schedules = v.strictObject({
  schedules: v.array(v.strictObject({
    database: text,
    name: text,
    enabled: v.boolean(),
    schedule: text,
    next: v.array(instant),
  })),
});

const timer = v.strictObject({
  installed: v.boolean(),
  files: v.array(v.strictObject({ path: text, content: text })),
});

const watcher = v.strictObject({
  state: v.picklist(["running", "stopped"]),
  alive: v.boolean(),
  pid: count,
  host: text,
  since: instant,
  seen: instant,
  next: v.nullable(instant),
  failures: count,
});

const stands = v.strictObject({
  database: text,
  directory: text,
  health: v.picklist(["healthy", "warning", "error"]),
  lastGood: v.nullable(instant),
  nextBackup: v.nullable(instant),
  schedule: v.nullable(text),
  watcher: v.nullable(watcher),
});

const notifier = v.strictObject({
  kind: text,
  settings: v.optional(v.record(text, setting)),
  on: v.optional(v.array(text)),
  enabled: v.optional(v.boolean()),
});

/** The `data` of each verb. */
export const byItselfShapes = {
  "schedule set": v.strictObject({
    path: text,
    schedule: v.looseObject({ enabled: v.boolean(), kind: text }),
    next: v.nullable(instant),
  }),
  "schedule show": schedules,
  "schedule next": schedules,
  "schedule off": v.strictObject({ path: text }),
  "schedule run": v.strictObject({
    taken: v.array(text),
    verified: v.array(text),
    errors: v.array(failure),
  }),
  "schedule install": timer,
  "schedule uninstall": v.strictObject({ files: v.array(text) }),
  "schedule status": v.strictObject({
    systemd: v.picklist(["none", "stale", "on", "off"]),
    cron: v.picklist(["none", "stale", "on"]),
  }),
  watch: v.strictObject({ since: instant }),
  status: v.strictObject({ databases: v.array(stands), failed: notSeen }),
  "notify add": v.strictObject({
    name: text,
    path: text,
    notifier,
    secrets: v.array(text),
    missing: v.array(text),
  }),
  "notify secret": v.strictObject({
    name: text,
    path: text,
    secrets: v.array(text),
    missing: v.array(text),
  }),
  "notify list": v.strictObject({
    notifiers: v.array(v.strictObject({
      name: text,
      kind: text,
      on: v.array(text),
      enabled: v.boolean(),
      fault: v.nullable(text),
    })),
  }),
  "notify remove": v.strictObject({ name: text, path: text }),
  "notify test": v.strictObject({
    notifiers: v.array(
      v.strictObject({ notifier: text, ok: v.boolean(), error: v.optional(failure) }),
    ),
  }),
  completions: v.strictObject({ shell: v.picklist(["bash", "zsh", "fish"]), script: text }),
} as const;
