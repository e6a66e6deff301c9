/**
 * The shapes that `--json` prints for copies on targets, keys and plugins.
 *
 * @module
 */

import * as v from "valibot";
import { failure, warning } from "./json_shapes_failure.ts";
import { record } from "./json_shapes_record.ts";

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const warnings = v.array(warning);
const setting = v.union([text, v.number(), v.boolean(), v.array(text)]);
const settings = v.record(text, setting);
const codec = v.union([text, v.strictObject({ kind: text, settings: v.optional(settings) })]);
const named = v.strictObject({ name: text });
const switched = v.strictObject({ name: text, path: text, enabled: v.boolean() });

/** A target as it is configured. */
const target = v.looseObject({
  kind: text,
  settings,
  codecs: v.optional(v.array(codec)),
  required: v.optional(v.boolean()),
  enabled: v.optional(v.boolean()),
});

/** `list --target`. */
export const copiesListed = v.strictObject({
  target: text,
  prefix: v.nullable(text),
  copies: v.array(v.object({
    ...record,
    key: text,
    storedSize: count,
    codecs: v.array(text),
    whole: v.boolean(),
  })),
  warnings,
});

/** `verify --target`. */
export const copiesVerified = v.strictObject({
  ok: v.boolean(),
  copies: v.array(v.strictObject({
    id: text,
    name: text,
    key: text,
    ok: v.boolean(),
    by: v.picklist(["hash", "download"]),
    fault: v.nullable(text),
  })),
  gone: v.array(text),
  warnings,
});

/** `delete --target`. */
export const copiesDeleted = v.strictObject({
  deleted: v.array(v.strictObject({ id: text, name: text })),
  warnings,
});

const pushed = v.strictObject({
  target: text,
  ok: v.boolean(),
  required: v.boolean(),
  copies: v.array(v.strictObject({
    id: text,
    name: text,
    key: text,
    size: count,
    already: v.boolean(),
  })),
  pruned: v.array(v.strictObject({ id: text, name: text, why: text })),
  swept: v.array(v.strictObject({ key: text, size: count })),
  error: v.optional(failure),
});

const quota = v.strictObject({
  total: v.optional(count),
  used: v.optional(count),
  free: v.optional(count),
  trash: v.optional(count),
});

/** What a place tells of itself. */
const place = v.strictObject({
  connected: v.boolean(),
  account: v.optional(v.strictObject({ name: v.optional(text), email: text })),
  folder: v.optional(v.strictObject({ name: text, id: v.optional(text) })),
  quota: v.optional(quota),
  forecast: v.optional(v.strictObject({ bytesPerDay: v.number(), fullAt: v.optional(text) })),
  problem: v.optional(v.strictObject({ message: text, hint: v.optional(text) })),
});

const declared = v.looseObject({ name: text, kind: text, help: text });

/** The `data` of each verb. */
export const elsewhereShapes = {
  "key new": v.strictObject({ path: text, sheet: v.optional(text), recipient: text }),
  "key check": v.strictObject({ name: text, encrypted: v.boolean() }),
  "target add": v.strictObject({
    name: text,
    path: text,
    target,
    secrets: v.array(text),
    connected: v.boolean(),
  }),
  "target list": v.strictObject({
    targets: v.array(v.strictObject({
      name: text,
      target,
      copies: v.optional(v.strictObject({
        target: text,
        good: count,
        bad: count,
        newestTakenAt: v.nullable(text),
        lastVerifiedAt: v.nullable(text),
      })),
    })),
  }),
  "target show": v.strictObject({
    name: text,
    target,
    secrets: v.record(text, v.boolean()),
    place: v.nullable(place),
  }),
  "target check": v.strictObject({
    name: text,
    ok: v.boolean(),
    checks: v.array(v.strictObject({
      name: text,
      outcome: v.picklist(["passed", "failed", "skipped"]),
      error: v.optional(text),
    })),
    findings: v.array(v.strictObject({
      kind: text,
      level: v.picklist(["warning", "problem"]),
      message: text,
      hint: v.optional(text),
      key: v.optional(text),
    })),
  }),
  "target quota": v.strictObject({
    name: text,
    quota: v.nullable(quota),
  }),
  "target connect": named,
  "target disconnect": named,
  "target enable": switched,
  "target disable": switched,
  "target remove": v.strictObject({
    name: text,
    path: text,
    signedOut: v.picklist(["none", "done", "failed"]),
  }),
  push: v.strictObject({ ok: v.boolean(), targets: v.array(pushed), warnings }),
  pull: v.strictObject({
    backups: v.array(v.object({ ...record, already: v.boolean() })),
    warnings,
  }),
  "plugin list": v.strictObject({
    plugins: v.array(v.strictObject({
      name: text,
      summary: text,
      adds: v.array(v.strictObject({
        sort: text,
        name: text,
        summary: text,
        settings: v.array(declared),
      })),
    })),
  }),
  "plugin new": v.strictObject({ name: text, path: text, files: v.array(text) }),
} as const;
