/**
 * Restores in place: one transaction on the live database, which stays open in
 * whatever has it open.
 *
 * @module
 */

import type { BackupRecord } from "../artifact/backup_record.ts";
import { liveGrant } from "../database_file.ts";
import { runJob } from "../engine/client.ts";
import type { DatabaseFacts, RestoreJobResult } from "../engine/protocol.ts";
import { HoldfastError } from "../errors.ts";
import { noteInterrupted } from "./finish_restore.ts";
import { type FilesPlan, writeIntent } from "./intent.ts";
import type { RestoreWork } from "./restore_work.ts";
import { addSafetyAgain, momentOf } from "./safety_again.ts";
import { settleFiles } from "./settle_files.ts";
import { bringArtifact } from "../artifact/bring_artifact.ts";
import { signalOf } from "../targets/target_work.ts";
import { settleFailure } from "./settle_failure.ts";
import { copyArtifact } from "../artifact/stage_artifact.ts";

/** Milliseconds without a word after which a restore that holds the lock is ended. */
const SILENCE_MS = 600_000;

/** How a restore in place ended. */
export interface OntoLiveResult {
  readonly safety: BackupRecord | undefined;
  readonly live: RestoreJobResult;
}

/**
 * Writes the staged artifact onto the live database.
 *
 * @throws {HoldfastError} `DATABASE_BUSY` (nothing changed), `RESTORE_FAILED` (the state
 * before was put back).
 */
export async function restoreOntoLive(
  work: RestoreWork,
  { facts, safety, files }: {
    readonly facts: DatabaseFacts;
    readonly safety: BackupRecord | undefined;
    /** The files that took their places before; they are settled with the database. */
    readonly files?: FilesPlan | undefined;
  },
): Promise<OntoLiveResult> {
  const { staging, database, title, open, report, clock } = work;
  const safetyAgain = staging.file("safety-again.db");
  const intent = {
    kind: "restore",
    database,
    restoring: title,
    journalMode: facts.journalMode,
    safetyAgain,
    safety: safety ?? null,
    files: files === undefined ? undefined : { ...files, schemaVersion: await schemaOf(work) },
  } as const;
  const context = { catalog: open.catalog, place: open.place, clock, report };
  const told = report.engine();
  let inside = false;
  let live: RestoreJobResult;
  let kept: BackupRecord | undefined;
  try {
    await writeIntent(staging.path, intent);
    live = await runJob("restore", {
      live: database,
      artifact: await switched(work, facts),
      ...momentOf(safety),
      safetyAgain: work.options.safety === false ? undefined : safetyAgain,
      lockMs: work.options.lockMs ?? 10_000,
    }, {
      grant: liveGrant(database, staging.path),
      signal: work.signal,
      deadlineMs: SILENCE_MS,
      onProgress: (progress) => {
        inside ||= progress.phase === "restore";
        told(progress);
      },
    });
    kept = await addSafetyAgain(intent, staging.path, context);
    if (live.safetyTakenAgain && kept === undefined) throw lostSafety(safetyAgain);
  } catch (error) {
    await settleFailure(error, intent, { ...context, staging, inside });
    if (!staging.isLeft) await settleFiles(intent.files, { database, report });
    throw error;
  }
  // The state before, damaged as it was, may be wanted back.
  const asIs = work.record?.metadata.damaged === true;
  if (live.problems.length > 0 && !asIs) {
    if (intent.files !== undefined) {
      const back = { ...intent.files, back: true };
      await writeIntent(staging.path, { ...intent, files: back });
      await settleFiles(back, { database, report });
    }
    await putBack(work, { facts, safety: kept ?? safety, live });
  }
  return { safety: kept ?? safety, live };
}

/** The schema version right before: it tells later whether the database was restored. */
async function schemaOf({ database, options, signal }: RestoreWork): Promise<number> {
  const request = { path: database, busyMs: options.lockMs ?? 10_000 };
  const { schemaVersion } = await runJob("inspect", request, {
    grant: liveGrant(database),
    signal,
  });
  return schemaVersion;
}

function lostSafety(path: string): HoldfastError {
  return new HoldfastError("RESTORE_FAILED", `Cannot find the later safety snapshot "${path}"`, {
    hint:
      "The restore took effect. The backup directory was moved or changed meanwhile: look there.",
  });
}

/** A backup in WAL mode would turn a database in rollback mode to WAL: a copy is switched then. */
async function switched({ staging, artifact }: RestoreWork, facts: DatabaseFacts): Promise<string> {
  if (facts.journalMode === "wal") return artifact;
  return await copyArtifact(artifact, staging.file("switched.db"));
}

/** The restored database does not pass its check: the state before comes back. */
async function putBack(
  work: RestoreWork,
  result: OntoLiveResult & { readonly facts: DatabaseFacts },
): Promise<never> {
  const { safety, live: { problems }, facts } = result;
  const what = `The restored database is damaged: ${problems[0]}`;
  if (safety === undefined) {
    throw new HoldfastError("RESTORE_FAILED", `${what}; there was no safety backup`, {
      hint: "Restore another backup. `holdfast verify --all` shows which are good.",
    });
  }
  const brought = await bringArtifact({ record: safety, path: safety.path }, {
    staging: work.staging,
    formats: work.options.formats,
    signal: signalOf(undefined),
    name: "safety.db",
  });
  const artifact = await copyArtifact(brought.path, work.staging.file("put-back.db"));
  try {
    await runJob("restore", {
      live: work.database,
      artifact: await switched({ ...work, artifact }, facts),
      lockMs: work.options.lockMs ?? 10_000,
    }, { grant: liveGrant(work.database, work.staging.path), deadlineMs: SILENCE_MS });
  } catch (error) {
    const { open: { catalog }, clock, title } = work;
    noteInterrupted({ restoring: title }, safety, { catalog, clock });
    throw error;
  }
  throw new HoldfastError("RESTORE_FAILED", `${what}; the state before was put back`, {
    hint: "Look at the disk of the database; `holdfast verify --all` shows which backups are good.",
  });
}
