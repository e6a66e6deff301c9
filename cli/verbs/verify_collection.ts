/**
 * Checks the collection of a database by itself: weekly, by the process that stays or by
 * the timers of a system.
 *
 * @module
 */

import { basename } from "node:path";
import type { BackupRecord } from "../../core/artifact/backup_record.ts";
import type { ConfiguredDatabase } from "../../core/config/load_config.ts";
import type { Place } from "../../core/directory/place.ts";
import { refuseWrongDisk } from "../../core/directory/known_disk.ts";
import { drill } from "../../core/drill.ts";
import { HoldfastError } from "../../core/errors.ts";
import { newestGood } from "../../core/health/newest_good.ts";
import { readRecords } from "../../core/list.ts";
import { type VerifiedBackup, verify } from "../../core/verify.ts";
import { plural } from "../format.ts";
import { knownDisk } from "../known_disk.ts";
import { tellNews } from "../news.ts";
import type { Run } from "../session.ts";
import { formatsOf } from "../targets/open_formats.ts";

/** So many backups get a full check each week, those first whose proof is oldest. */
const FULL_CHECKS = 3;

/**
 * The hash of every file, a full check of a rotating few, a drill of the newest. The
 * notifiers hear how it went.
 *
 * @throws {HoldfastError} `BACKUP_INVALID` where one is bad.
 */
export async function verifyCollection(
  run: Run,
  { database, place }: { readonly database: ConfiguredDatabase; readonly place: Place },
): Promise<string> {
  const { expectTables, assertions } = database.settings;
  const formats = formatsOf(run);
  const options = {
    ...place,
    formats,
    clock: run.clock,
    signal: run.signal,
    onEvent: run.printer.event,
  };
  const records = (await readRecords(place.directory)).filter(({ deletedAt }) =>
    deletedAt === null
  );
  if (records.length === 0) {
    await refuseWrongDisk(knownDisk(run, database));
    return "nothing to verify yet";
  }
  const hashed = await verify({ ...options, all: true, verify: "none" });
  const bad = new Set(hashed.backups.filter(({ ok }) => !ok).map(({ name }) => name));
  const good = records.filter(({ name }) => !bad.has(name));
  const found: VerifiedBackup[] = [...hashed.backups];
  const few = oldestProof(good).slice(0, FULL_CHECKS).map(({ id }) => id);
  if (few.length > 0) {
    const checked = await verify({
      ...options,
      backups: few,
      verify: "full",
      expectTables,
      assertions,
    });
    found.push(...checked.backups);
  }
  const newest = await newestGood(place);
  if (newest !== undefined) {
    found.push(await drill({ ...options, backup: newest.id, expectTables, assertions }));
  }
  const faults = found.filter(({ ok }) => !ok);
  const job = "verify";
  if (faults.length === 0) {
    const summary = `${
      plural(hashed.backups.length, "backup")
    } verified, ${few.length} checked fully`;
    await tellNews(run, database, { kind: "done", job, summary });
    return newest === undefined ? summary : `${summary}, ${newest.name} drilled`;
  }
  const names = [...new Set(faults.map(({ name }) => name))];
  const error = new HoldfastError("BACKUP_INVALID", `Found bad backups: ${names.join(", ")}`, {
    hint: `See why: holdfast verify --all --database ${basename(place.database)}`,
  });
  const { code, message, hint } = error;
  await tellNews(run, database, { kind: "failed", job, code, message, hint });
  throw error;
}

function oldestProof(records: readonly BackupRecord[]): readonly BackupRecord[] {
  return records.filter(({ format }) => format !== "files")
    .toSorted((one, other) => (one.provedAt ?? "").localeCompare(other.provedAt ?? ""));
}
