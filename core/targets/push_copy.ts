/**
 * Brings one backup to one target: the artifact through the codecs, then its record.
 *
 * @module
 */

import { dirname } from "node:path";
import type { BackupRecord } from "../artifact/backup_record.ts";
import { HoldfastError } from "../errors.ts";
import type { Body } from "../extend/body.ts";
import { codecSuffix, encodeToFile } from "../extend/codec_chain.ts";
import { TargetError } from "../extend/target_error.ts";
import { refuseWithoutRoom } from "../artifact/estimate.ts";
import { fileBody } from "../files/file_body.ts";
import { fileDigest } from "../files/file_digest.ts";
import { Staging } from "../files/staging.ts";
import { stageArtifact } from "../artifact/stage_artifact.ts";
import { isArtifact, readCopyRecord, recordBody } from "./copy_object.ts";
import { backupOnTarget, COPY_RECORD_VERSION, type CopyRecord, recordKey } from "./copy_record.ts";
import type { TargetWork } from "./target_work.ts";

/** Whose backups they are, and under which prefix their copies lie. */
export interface CopyOwner {
  /** `<database>-<catalog id>`. */
  readonly prefix: string;
  readonly database: CopyRecord["database"];
}

/** A copy that is there now. */
export interface PushedCopy {
  readonly record: CopyRecord;
  /** It was there before: nothing was sent. */
  readonly already: boolean;
}

/**
 * Sends a backup unless its copy is there. A kill at any point leaves no record, and so
 * no copy; repeating it makes it whole.
 *
 * Throws a `TargetError`, or `BACKUP_INVALID` where the backup here is damaged; `NO_SPACE`.
 */
export async function pushCopy(
  backup: BackupRecord,
  { anew, ...owner }: CopyOwner & { readonly anew: boolean },
  work: TargetWork,
): Promise<PushedCopy> {
  const { place } = work;
  const codecs = await Promise.all(place.codecs.map((name) => place.codec(name)));
  const key = `${owner.prefix}/${backup.name}${codecSuffix(codecs)}`;
  const there = await recordThere(key, work);
  if (!anew && there !== undefined && isCopyOf(there, backup) && await isWhole(there, work)) {
    return { record: there, already: true };
  }
  await using staging = await Staging.create(dirname(backup.path));
  const { body, sha256 } = await encoded(backup, staging, work);
  const record: CopyRecord = {
    version: COPY_RECORD_VERSION,
    database: owner.database,
    artifact: { key, size: body.size, sha256, codecs: place.codecs },
    backup: backupOnTarget(backup, codecs.some(({ encrypts }) => encrypts === true)),
  };
  // A new body under an old record would be a copy that is not what its record says.
  if (there !== undefined) await work.target.remove(recordKey(key), { signal: work.signal });
  await send(body, record, work);
  return { record, already: false };
}

/** A damaged record is no record: it is written anew. */
async function recordThere(key: string, work: TargetWork): Promise<CopyRecord | undefined> {
  try {
    return await readCopyRecord(key, work);
  } catch (error) {
    if (error instanceof TargetError && error.kind === "corrupt") return undefined;
    throw error;
  }
}

function isCopyOf({ backup }: CopyRecord, { id, sha256 }: BackupRecord): boolean {
  return backup.id === id && backup.sha256 === sha256;
}

async function isWhole(record: CopyRecord, { target, signal }: TargetWork): Promise<boolean> {
  return isArtifact(await target.stat(record.artifact.key, { signal }), record);
}

/** What is sent: the staged file, or what the codecs make of it. */
async function encoded(
  backup: BackupRecord,
  staging: Staging,
  { place, report, signal }: TargetWork,
): Promise<{ readonly body: Body; readonly sha256: string }> {
  // The link keeps the bytes there also where the backup is pruned meanwhile.
  const staged = await stageArtifact(backup.path, staging);
  const found = await fileDigest(staged, signal);
  if (found !== backup.sha256) {
    throw new HoldfastError(
      "BACKUP_INVALID",
      `Cannot copy "${backup.name}": its SHA-256 is not the one of its record`,
      { hint: "The file was changed or damaged: holdfast verify --all" },
    );
  }
  const body = await fileBody(staged);
  if (place.codecs.length === 0) return { body, sha256: found };
  await refuseWithoutRoom(staging.path, body.size);
  const codecs = await Promise.all(place.codecs.map((name) => place.codec(name)));
  const { size: total } = body;
  return await encodeToFile(body, codecs, {
    path: staging.file("encoded"),
    signal,
    onProgress: (done) =>
      report.progress({ phase: "encode", done, total, unit: "bytes", item: place.name }),
  });
}

/** The artifact, a look at what arrived, and the record last. */
async function send(
  body: Body,
  record: CopyRecord,
  { target, place, report, signal }: TargetWork,
): Promise<void> {
  const { key, sha256, size: total } = record.artifact;
  await target.put(key, body, {
    signal,
    sha256,
    onProgress: (done) =>
      report.progress({ phase: "upload", done, total, unit: "bytes", item: place.name }),
  });
  const arrived = await target.stat(key, { signal });
  if (!isArtifact(arrived, record)) {
    throw new TargetError(
      "corrupt",
      arrived === undefined
        ? `Cannot see "${key}" after it was sent`
        : `Cannot trust "${key}": what lies there (${arrived.size} bytes) is not what was sent (${total})`,
      { hint: "The next push sends it again." },
    );
  }
  await target.put(recordKey(key), recordBody(record), { signal });
  report.progress({ phase: "upload", done: total, total, unit: "bytes", item: place.name });
}
