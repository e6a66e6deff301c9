/**
 * Restores into another path.
 *
 * @module
 */

import { dirname, resolve } from "node:path";
import { HoldfastError } from "../errors.ts";
import { refuseWithoutRoom } from "../artifact/estimate.ts";
import { fileBody } from "../files/file_body.ts";
import { exists, isFile } from "../files/is_file.ts";
import { unfinishedPath, writeFileAtomic } from "../files/atomic_file.ts";
import { refuseOwnFiles } from "../directory/refuse_own_files.ts";
import { logged } from "../directory/run_log.ts";
import { iso } from "../artifact/new_record.ts";
import type { RestoreResult } from "../restore.ts";
import { filesChange } from "./files_change.ts";
import { type FilesPlan, writeIntent } from "./intent.ts";
import { withFiles } from "./restore_files.ts";
import { filesOf } from "./restore_swap.ts";
import type { RestoreWork } from "./restore_work.ts";
import { provedIn, refuseBad } from "../artifact/prove_staged.ts";

/** Verifies the staged file and writes it to a path where nothing is. */
export async function restoreTo(
  work: RestoreWork,
  path: string,
): Promise<Omit<RestoreResult, "warnings">> {
  const { options, record, staging, artifact, report, signal, clock, open } = work;
  const to = resolve(path);
  await refuseOwnFiles(to, "restore to", open.place);
  await refuseExisting(to, options.force === true);
  const proof = { verify: options.verify ?? "quick" } as const;
  const directory = open.place.directory;
  const context = { ...proof, report, directory, signal, expectSha256: record?.sha256 };
  const proved = await provedIn(staging, artifact, context);
  const compared = options.checksum === false ? undefined : record;
  refuseBad(proved, { record: compared, path: work.title, options: proof });
  const change = await filesChange({ ...work, database: to });
  const there = change?.coming.find(({ old }) => old !== null);
  if (there !== undefined && options.force !== true) throw destinationExists(to, there.to);
  await refuseWithoutRoom(dirname(to), proved.size);
  if (!options.dryRun) {
    await logged("restore", { catalog: open.catalog, clock, details: { to } }, async () => {
      await withFiles({ ...work, database: to }, { change }, (files) => write(work, to, files));
      const backupId = record?.id ?? null;
      return { result: undefined, end: { outcome: "done", backupId, message: work.title } };
    });
  }
  return {
    id: record?.id ?? null,
    backup: work.title,
    database: to,
    restoredAt: iso(clock.now()),
    safetyBackup: null,
    requiresRestart: false,
    dryRun: options.dryRun === true,
    preview: null,
  };
}

async function write(
  { staging, artifact, report, signal, title }: RestoreWork,
  to: string,
  files: FilesPlan | undefined,
): Promise<void> {
  const body = await fileBody(artifact);
  const unfinished = unfinishedPath(to);
  await writeIntent(staging.path, {
    kind: "bring",
    restoring: title,
    unfinished: [unfinished],
    files,
  });
  await writeFileAtomic(to, body.stream(), {
    signal,
    unfinished,
    onProgress: (done) =>
      report.progress({ phase: "restore", done, total: body.size, unit: "bytes" }),
  });
}

function destinationExists(to: string, file: string): HoldfastError {
  return new HoldfastError("DESTINATION_EXISTS", `Cannot restore to "${to}": "${file}" is there`, {
    hint: "Choose another path, or add --force to replace it.",
  });
}

/** A leftover `-wal` or `-journal` under the name would change what is written there. */
async function refuseExisting(path: string, force: boolean): Promise<void> {
  for (const file of filesOf(path)) {
    if (!await exists(file)) continue;
    const sidecar = file !== path;
    if (force && !sidecar && await isFile(path)) continue;
    throw new HoldfastError(
      "DESTINATION_EXISTS",
      `Cannot restore to "${path}": "${file}" is there`,
      {
        hint: sidecar
          ? "A database is or was in use there: open and close it once, or choose another path."
          : "Choose another path, or add --force to replace it.",
      },
    );
  }
}
