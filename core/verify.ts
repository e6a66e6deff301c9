/**
 * Verifies backups: their hash, their integrity, what is expected of them.
 *
 * @module
 */

import { type BackupRecord, type Proof, proofAtLeast } from "./artifact/backup_record.ts";
import { chooseBackup, type Chosen } from "./artifact/choose_backup.ts";
import { type Clock, systemClock } from "./clock.ts";
import { drillArtifact, type Drilled, type DrillTimes } from "./artifact/drill_artifact.ts";
import type { ErrorCode } from "./errors.ts";
import type { EventListener } from "./events.ts";
import { refuseSenseless } from "./given_options.ts";
import { Staging } from "./files/staging.ts";
import { stagingRoom } from "./files/staging_room.ts";
import { readRecords } from "./list.ts";
import { iso } from "./artifact/new_record.ts";
import { mirror, openDirectory } from "./directory/open_directory.ts";
import { type PlaceOptions, resolvePlace } from "./directory/place.ts";
import { judge, type ProofOptions } from "./artifact/proof.ts";
import { hashFaults, provedIn, type VerifyContext } from "./artifact/prove_staged.ts";
import { asHoldfastError, Report, throwIfCancelled, type Warning } from "./report.ts";
import { logged } from "./directory/run_log.ts";
import {
  type ArtifactSource,
  bringArtifact,
  type BroughtArtifact,
} from "./artifact/bring_artifact.ts";
import { formatOf, type Formats } from "./artifact/formats.ts";
import { asUnpackFailure } from "./artifact/unpack_file.ts";
import { fileBody } from "./files/file_body.ts";
import { bytesIn } from "./files/bytes_in.ts";
import { signalOf } from "./targets/target_work.ts";

/** What {@linkcode verify} is given. */
export interface VerifyOptions extends PlaceOptions, ProofOptions {
  /** Ids, names, beginnings, `latest` or paths; `latest` by default. */
  readonly backups?: readonly string[] | undefined;
  /** All of them. */
  readonly all?: boolean | undefined;
  /** The formats of packed backups. */
  readonly formats?: Formats | undefined;
  /** Restore each into a scratch file and prove it fully there: a drill. */
  readonly deep?: boolean | undefined;
  /** Milliseconds without a word after which a check is ended; grows with the size by default. */
  readonly deadlineMs?: number | undefined;
  /** Milliseconds to wait for another run in the directory; 30,000 by default. */
  readonly waitMs?: number | undefined;
  /** Hears what happens. */
  readonly onEvent?: EventListener | undefined;
  /** Stops it. */
  readonly signal?: AbortSignal | undefined;
  /** Tells the time; the system's by default. */
  readonly clock?: Clock | undefined;
}

/** What was found of one backup. */
export interface VerifiedBackup {
  /** Its id; `null` for a file that the catalog does not know. */
  readonly id: string | null;
  /** The backup's file name. */
  readonly name: string;
  /** Absolute path of the file. */
  readonly path: string;
  /** It is good as far as asked. */
  readonly ok: boolean;
  /** How far it is known to be good now. */
  readonly proof: Proof;
  /** What is bad, as sentences. */
  readonly faults: readonly string[];
  /** How long each part of the drill took, where there was one. */
  readonly times?: DrillTimes | undefined;
}

/** What was found of all. */
export interface VerifyResult {
  /** Every one is good. */
  readonly ok: boolean;
  /** Each one that was verified. */
  readonly backups: readonly VerifiedBackup[];
  /** What went on in spite of something. */
  readonly warnings: readonly Warning[];
}

/**
 * Verifies backups and writes what was found into the catalog. A bad one is an outcome,
 * not an error. Needs `--allow-read`, `--allow-write` and `--allow-run`.
 *
 * @throws {HoldfastError} `BACKUP_NOT_FOUND`, `USAGE`, `LOCKED`, `CANCELLED`.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from "node:sqlite";
 * import { backup, verify } from "@holdfast/holdfast";
 *
 * const dir = await Deno.makeTempDir();
 * using app = new DatabaseSync(`${dir}/app.db`);
 * app.exec("CREATE TABLE notes (text TEXT)");
 * await backup({ database: `${dir}/app.db` });
 *
 * const { ok } = await verify({ database: `${dir}/app.db`, all: true });
 * console.log(ok); // true
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function verify(options: VerifyOptions): Promise<VerifyResult> {
  const { clock = systemClock, onEvent } = options;
  const subject = options.database ?? options.directory ?? "";
  return await verifyUnder(new Report("verify", { subject, clock, onEvent }), {
    ...options,
    clock,
  });
}

/** Verifies, told as `report`'s job. */
export async function verifyUnder(
  report: Report,
  options: VerifyOptions & { readonly clock: Clock },
): Promise<VerifyResult> {
  const { clock, signal } = options;
  try {
    refuseSenseless(options);
    const place = await resolvePlace(options);
    await using room = await stagingRoom(place.directory);
    const chosen = await chooseAll(await readRecords(place.directory), options);
    const backups: VerifiedBackup[] = [];
    for (const one of chosen) {
      throwIfCancelled(signal);
      backups.push(await verifyOne(one, { ...options, report, directory: room.path }));
      report.progress({ phase: "read", done: backups.length, total: chosen.length, unit: "files" });
    }
    if (chosen.some(({ kind }) => kind === "record")) {
      using open = await openDirectory(place, { report, clock, signal, waitMs: options.waitMs });
      const details = { all: options.all === true };
      await logged(report.job, { catalog: open.catalog, clock, details }, async () => {
        for (const found of backups) {
          noteProof(found, open.catalog.record(found.id ?? ""), {
            put: (record) => open.catalog.put(record),
            at: iso(clock.now()),
          });
        }
        await mirror(open.catalog, report);
        return { result: undefined, end: endOf(backups) };
      });
    }
    const ok = backups.every((found) => found.ok);
    report.finished(summary(backups));
    return { ok, backups, warnings: report.warnings };
  } catch (error) {
    throw report.failed(error, "INTERNAL");
  }
}

function endOf(backups: readonly VerifiedBackup[]): {
  readonly outcome: "done" | "failed";
  readonly message: string;
} {
  const ok = backups.every((found) => found.ok);
  return { outcome: ok ? "done" : "failed", message: summary(backups) };
}

function summary(backups: readonly VerifiedBackup[]): string {
  const bad = backups.filter(({ ok }) => !ok).length;
  return bad === 0 ? `${backups.length} good` : `${bad} of ${backups.length} bad`;
}

async function chooseAll(
  records: readonly BackupRecord[],
  { all = false, backups = ["latest"] }: VerifyOptions,
): Promise<Chosen[]> {
  if (all) return records.map((record) => ({ kind: "record", record }));
  const chosen: Chosen[] = [];
  for (const backup of backups) chosen.push(await chooseBackup(records, { backup }));
  return chosen;
}

/** A check that was ended, or could not read: that says nothing about the bytes. */
const undecidedCodes: ReadonlySet<ErrorCode> = new Set([
  "DATABASE_BUSY",
  "DISK_FAILED",
  "INTERNAL",
  "KEY_WRONG",
  "PLUGIN_INVALID",
]);

/** Verifies one backup: brought into a private folder, checked, and drilled where asked. */
export async function verifyOne(chosen: Chosen, context: VerifyContext): Promise<VerifiedBackup> {
  const record = chosen.kind === "record" ? chosen.record : undefined;
  const path = chosen.kind === "record" ? chosen.record.path : chosen.path;
  const about = { id: record?.id ?? null, name: record?.name ?? path, path };
  if (record?.format === "files") return { ...about, ...await verifyKept(record) };
  try {
    await using staging = await Staging.create(context.directory);
    const content = await bringChecked({ record, path }, staging, context);
    const work = { context, record: content.record };
    const drilled = await proveStaged(content.path, staging, work);
    const verdict = judge(drilled.proved, context);
    const faults = [
      ...hashFaults(drilled.proved, content.record),
      ...verdict.faults,
      ...drilled.faults,
    ];
    const proof = context.deep === true ? "drilled" : verdict.proof;
    return {
      ...about,
      ok: faults.length === 0,
      proof: faults.length === 0 ? proof : "stored",
      faults,
      ...(drilled.times === undefined ? {} : { times: drilled.times }),
    };
  } catch (error) {
    const { code, message } = asHoldfastError(error, "INTERNAL");
    const damaged = ["BACKUP_INVALID", "DATABASE_CORRUPT", "NOT_A_DATABASE"].includes(code);
    // Then the proof stays as it was.
    const undecided = undecidedCodes.has(code);
    if (!damaged && !undecided) throw error;
    const proof = damaged ? "stored" : record?.proof ?? "stored";
    return { ...about, ok: false, proof, faults: [message] };
  }
}

/** The database; of an archive every byte is read and checked before. */
async function bringChecked(
  source: ArtifactSource,
  staging: Staging,
  { formats, report, ...context }: VerifyContext,
): Promise<BroughtArtifact> {
  const signal = signalOf(context.signal);
  const brought = await bringArtifact(source, { staging, formats, report, signal });
  if (brought.unpacked === undefined || brought.unpacked.fileCount === 0) return brought;
  const { record, path } = source;
  const format = await formatOf(record === undefined ? path : `x.${record.format}`, formats);
  try {
    await format?.check(await fileBody(path), {
      signal,
      trusted: record !== undefined && record.sha256 !== null,
      onProgress: (done) => report.progress({ phase: "check", done, unit: "bytes" }),
    });
  } catch (error) {
    throw asUnpackFailure(error, path);
  }
  return brought;
}

/** The kept files of a damaged database: they are there, with the sizes that they had. */
async function verifyKept(
  { path, proof, size }: BackupRecord,
): Promise<Pick<VerifiedBackup, "ok" | "proof" | "faults">> {
  const found = await bytesIn(path);
  if (found === size) return { ok: true, proof, faults: [] };
  const fault = found === undefined
    ? "the folder is gone"
    : `its files have ${found} bytes, not ${size}`;
  return { ok: false, proof: "stored", faults: [fault] };
}

/** Proves the staged file where it is, or restored into a scratch file. */
async function proveStaged(
  staged: string,
  staging: Staging,
  { context, record }: {
    readonly context: VerifyContext;
    readonly record: BackupRecord | undefined;
  },
): Promise<Pick<Drilled, "proved" | "faults"> & Partial<Drilled>> {
  if (context.deep === true) {
    return await drillArtifact(staged, { record, context, clock: context.clock ?? systemClock });
  }
  const expectSha256 = record?.sha256;
  return { proved: await provedIn(staging, staged, { ...context, expectSha256 }), faults: [] };
}

/** A proof grows and is dated; what is bad loses it. */
function noteProof(
  found: VerifiedBackup,
  record: BackupRecord | undefined,
  { put, at }: { readonly put: (record: BackupRecord) => void; readonly at: string },
): void {
  // Deleted meanwhile: its file went to the trash, which says nothing about its bytes.
  if (record === undefined || record.format === "files" || record.deletedAt !== null) return;
  if (!found.ok && found.proof !== "stored") return;
  const keeps = found.ok && proofAtLeast(record.proof, found.proof);
  put({ ...record, proof: keeps ? record.proof : found.proof, provedAt: at });
}
