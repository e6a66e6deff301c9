/**
 * Verifies copies where they lie: by the hash that the place vouches for, else by a
 * download that is decoded and compared.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { Catalog } from "../catalog/catalog.ts";
import { HoldfastError } from "../errors.ts";
import { TargetError } from "../extend/target_error.ts";
import { isFile } from "../files/is_file.ts";
import { Staging } from "../files/staging.ts";
import { iso } from "../artifact/new_record.ts";
import { throwIfCancelled, type Warning } from "../report.ts";
import { chooseCopy } from "./choose_copies.ts";
import { copiesJob, type CopiesOptions, type CopiesWork } from "./copies_job.ts";
import { copiesOf, putCopy } from "./copies_table.ts";
import type { CopyRecord } from "./copy_record.ts";
import { fetchCopy } from "./fetch_copy.ts";
import { keepFindings, lookAround } from "./findings.ts";
import type { FoundCopy } from "./read_copies.ts";
import { targetFailure } from "./target_failure.ts";

/** What {@linkcode verifyCopies} is given. */
export interface VerifyCopiesOptions extends CopiesOptions {
  /** Ids, names, beginnings or `latest`; all by default. */
  readonly backups?: readonly string[] | undefined;
  /** Only so many of them, in percent, at least one, those first that were verified longest ago. */
  readonly samplePercent?: number | undefined;
  /** Download also where the place vouches for a hash. */
  readonly download?: boolean | undefined;
  /** What is encrypted is compared as it lies there: no key is needed. */
  readonly sealed?: boolean | undefined;
}

/** What was found of one copy. */
export interface VerifiedCopy {
  /** The backup's id. */
  readonly id: string;
  /** The backup's file name. */
  readonly name: string;
  /** Its key on the target. */
  readonly key: string;
  /** Whether what was verified is good. */
  readonly ok: boolean;
  /** By the hash that the place tells, or by reading it. */
  readonly by: "hash" | "download";
  /** What is wrong; `null` where nothing is. */
  readonly fault: string | null;
}

/** What was found of all. */
export interface VerifyCopiesResult {
  /** Whether what was verified is good. */
  readonly ok: boolean;
  /** Each copy that was verified. */
  readonly copies: readonly VerifiedCopy[];
  /** Copies that should be there and are not, by the name of their backup. */
  readonly gone: readonly string[];
  /** What went on in spite of something. */
  readonly warnings: readonly Warning[];
}

/**
 * Verifies copies on a target and notes what was found: a bad one is sent again by the
 * next push. A bad one is an outcome, not an error.
 *
 * @throws {HoldfastError} `TARGET_FAILED`, `BACKUP_NOT_FOUND`, `KEY_WRONG`, `USAGE`,
 * `NO_SPACE`, `CANCELLED`.
 */
export async function verifyCopies(options: VerifyCopiesOptions): Promise<VerifyCopiesResult> {
  const { result, warnings } = await copiesJob("verify", options, async ({ copies }, work) => {
    const chosen = sampled(namedAmong(copies, options.backups), options.samplePercent, work);
    const verified: VerifiedCopy[] = [];
    for (const copy of chosen) {
      throwIfCancelled(work.signal);
      verified.push(await verifyOne(copy, work, options));
      work.report.progress({
        phase: "read",
        done: verified.length,
        total: chosen.length,
        unit: "files",
      });
    }
    const gone = await noteCopies(verified, copies, work);
    const bad = verified.filter(({ ok }) => !ok).length + gone.length;
    return {
      result: { ok: bad === 0, copies: verified, gone },
      summary: bad === 0 ? `${verified.length} good` : `${bad} bad or gone`,
    };
  });
  return { ...result, warnings };
}

function namedAmong(
  copies: readonly FoundCopy[],
  names: readonly string[] | undefined,
): readonly FoundCopy[] {
  return names?.map((backup) => chooseCopy(copies, { backup })) ?? copies;
}

/** Those that were verified longest ago come first, so that samples reach all of them. */
function sampled(
  copies: readonly FoundCopy[],
  percent: number | undefined,
  { here, place }: CopiesWork,
): readonly FoundCopy[] {
  if (percent === undefined || percent >= 100) return copies;
  using catalog = Catalog.openToRead(here.directory);
  const rows = catalog === undefined ? [] : copiesOf(catalog, place.name);
  const last = new Map(rows.map(({ backupId, verifiedAt }) => [backupId, verifiedAt ?? ""]));
  const at = ({ record }: FoundCopy): string => last.get(record.backup.id) ?? "";
  const count = Math.max(1, Math.ceil(copies.length * percent / 100));
  return copies.toSorted((a, b) => at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0).slice(0, count);
}

async function verifyOne(
  { record, object }: FoundCopy,
  work: CopiesWork,
  { download = false, sealed = false }: Pick<VerifyCopiesOptions, "download" | "sealed">,
): Promise<VerifiedCopy> {
  const { artifact, backup } = record;
  const about = { id: backup.id, name: backup.filename, key: artifact.key };
  const found = (by: VerifiedCopy["by"], fault: string | null): VerifiedCopy => ({
    ...about,
    ok: fault === null,
    by,
    fault,
  });
  if (object.size !== artifact.size) {
    return found("hash", `it has ${object.size} bytes instead of ${artifact.size}`);
  }
  const { sha256 } = object.sha256 === undefined && !download
    ? await work.target.stat(artifact.key, { signal: work.signal }) ?? object
    : object;
  if (!download && sha256 !== undefined) {
    return found("hash", sha256 === artifact.sha256 ? null : "the place tells another SHA-256");
  }
  try {
    if (sealed && await isEncrypted(record, work)) {
      const hash = await sha256OfObject(record, work);
      return found("download", hash === artifact.sha256 ? null : "it has another SHA-256");
    }
    await using staging = await Staging.create(work.here.directory);
    await fetchCopy(record, staging.file("copy"), work);
    return found("download", null);
  } catch (error) {
    if (!isBadCopy(error)) throw error;
    return found(
      "download",
      targetFailure(error, { name: work.place.name, doing: "fetch" }).message,
    );
  }
}

/** Whether only a key opens it. */
export async function isEncrypted(
  { artifact }: CopyRecord,
  { place }: CopiesWork,
): Promise<boolean> {
  const codecs = await Promise.all(artifact.codecs.map((name) => place.codec(name)));
  return codecs.some(({ encrypts }) => encrypts === true);
}

async function sha256OfObject(
  { artifact }: CopyRecord,
  { target, signal }: CopiesWork,
): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of await target.get(artifact.key, { signal })) hash.update(chunk);
  return hash.digest("hex");
}

/** Whether an error is about the copy itself, not about the way to it. */
export function isBadCopy(error: unknown): boolean {
  return error instanceof TargetError && (error.kind === "corrupt" || error.kind === "not_found");
}

/** Writes what was found into the catalog, where there is one; gives the names of what is gone. */
export async function noteCopies(
  verified: readonly VerifiedCopy[],
  there: readonly FoundCopy[],
  work: CopiesWork,
): Promise<readonly string[]> {
  const { here, place, clock } = work;
  if (!await isFile(`${here.directory}/catalog.db`)) {
    await lookAround(undefined, work);
    return [];
  }
  using catalog = Catalog.openToWrite(here.directory);
  keepFindings(catalog, place.name, await lookAround(catalog, work));
  const keys = new Set(there.map(({ record }) => record.artifact.key));
  const gone: string[] = [];
  for (const row of copiesOf(catalog, place.name)) {
    if (row.state !== "stored" && row.state !== "bad") continue;
    const found = verified.find(({ id }) => id === row.backupId);
    if (found?.ok === true) {
      putCopy(catalog, { ...row, state: "stored", verifiedAt: iso(clock.now()), error: null });
    } else if (found !== undefined) {
      putCopy(catalog, { ...row, state: "bad", error: found.fault });
    } else if (!keys.has(row.key)) {
      putCopy(catalog, { ...row, state: "bad", error: "it is gone" });
      gone.push(catalog.record(row.backupId)?.name ?? row.key);
    }
  }
  return gone;
}

/** Reads a share of the copies such as `5%`. @throws {HoldfastError} `USAGE`. */
export function parseSample(text: string): number {
  const match = /^(\d{1,3})\s*%?$/.exec(text.trim());
  const percent = Number(match?.[1] ?? 0);
  if (percent >= 1 && percent <= 100) return percent;
  throw new HoldfastError("USAGE", `Cannot use "${text}" as a share`, {
    hint: "Wanted is a whole number of percent from 1 to 100, such as 5%.",
  });
}
