/**
 * The shape of a backup as `--json` prints it.
 *
 * @module
 */

import * as v from "valibot";
import { PROOFS, REASONS } from "../core/artifact/backup_record.ts";

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const nullable = v.nullable;
const metadata = v.record(text, v.unknown());

/** An instant, ISO 8601 in UTC. */
export const instant: v.GenericSchema<string> = v.pipe(v.string(), v.isoTimestamp());

/** The fields of a backup as the catalog knows it. */
export const record = {
  id: text,
  name: text,
  reason: v.picklist(REASONS),
  sourceVersion: nullable(text),
  path: text,
  size: count,
  fileCount: count,
  format: text,
  sha256: nullable(v.pipe(text, v.regex(/^[0-9a-f]{64}$/))),
  note: nullable(text),
  metadata,
  createdAt: instant,
  expiresAt: nullable(instant),
  pinned: v.boolean(),
  proof: v.picklist(PROOFS),
  provedAt: nullable(instant),
  sequence: count,
  deletedAt: nullable(instant),
};
