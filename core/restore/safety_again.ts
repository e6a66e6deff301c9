/**
 * The safety snapshot that a restore took again inside its lock becomes the safety
 * backup, in place of the one that was too old.
 *
 * @module
 */

import type { BackupRecord } from "../artifact/backup_record.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Clock } from "../clock.ts";
import type { RestoreRequest } from "../engine/protocol.ts";
import type { RestoreIntent } from "./intent.ts";
import { addBackup } from "../artifact/new_record.ts";
import { contentMetadata, judge, proveFile, startProver } from "../artifact/proof.ts";
import type { Report } from "../report.ts";
import { isFile } from "../files/is_file.ts";

/** Proves and records the snapshot, if one was taken; the older safety backup goes. */
export async function addSafetyAgain(
  intent: RestoreIntent,
  folder: string,
  context: { readonly catalog: Catalog; readonly clock: Clock; readonly report: Report },
): Promise<BackupRecord | undefined> {
  const { safetyAgain, safety, restoring } = intent;
  if (!await isFile(safetyAgain)) return undefined;
  const { catalog, clock, report } = context;
  // Only the database is newer: the files are in the other one, which stays.
  const hasFiles = safety !== null && safety.format !== "db";
  const options = { verify: "quick" } as const;
  await using prover = startProver(folder);
  const takenAt = clock.now();
  const proved = await proveFile(prover, { path: safetyAgain, options, report, phase: "safety" });
  const { proof, damaged } = judge(proved, options);
  const record = await addBackup({
    staged: safetyAgain,
    folder,
    takenAt,
    reason: "pre-restore",
    size: proved.size,
    sha256: proved.sha256,
    proof,
    metadata: {
      ...contentMetadata(proved, options),
      engine: "clone",
      restoring,
      damaged,
      ...(hasFiles ? { filesFrom: safety.id } : {}),
    },
    within: intent,
  }, { catalog, clock });
  if (safety !== null && !hasFiles) await forget(safety, catalog);
  return record;
}

/** What tells, inside the lock, whether the safety backup is still the state before. */
export function momentOf(
  safety: BackupRecord | undefined,
): Pick<RestoreRequest, "safetyMoment" | "safetyAt"> {
  if (safety === undefined) return {};
  return { safetyMoment: safety.metadata.moment, safetyAt: Date.parse(safety.createdAt) };
}

/** Everything in it is in the newer one too. */
async function forget(safety: BackupRecord, catalog: Catalog): Promise<void> {
  if (await isFile(safety.path)) await Deno.remove(safety.path);
  catalog.forget(safety.id);
}
