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
      ...(safety !== null && holdsFiles(safety) ? { filesFrom: safety.id } : {}),
    },
    within: intent,
  }, { catalog, clock });
  await forgetOlder(intent, catalog);
  return record;
}

/** Everything in the older safety backup is in the newer one too. Safe to repeat. */
export async function forgetOlder(
  { safety }: Pick<RestoreIntent, "safety">,
  catalog: Catalog,
): Promise<void> {
  if (safety === null || holdsFiles(safety)) return;
  // The record first: whoever only reads, before this is repeated, shall not miss a file.
  catalog.forget(safety.id);
  if (await isFile(safety.path)) await Deno.remove(safety.path);
}

/** Only the database was taken again: files beside it are in the older one, which stays. */
function holdsFiles({ format }: BackupRecord): boolean {
  return format !== "db";
}

/** What tells, inside the lock, whether the safety backup is still the state before. */
export function momentOf(
  safety: BackupRecord | undefined,
): Pick<RestoreRequest, "safetyMoment" | "safetyAt"> {
  if (safety === undefined) return {};
  return { safetyMoment: safety.metadata.moment, safetyAt: Date.parse(safety.createdAt) };
}
