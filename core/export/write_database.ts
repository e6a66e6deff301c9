/**
 * Writes an export that is a plain SQLite file.
 *
 * @module
 */

import type { ProveResult } from "../engine/protocol.ts";
import { HoldfastError } from "../errors.ts";
import { refuseWithoutRoom } from "../artifact/estimate.ts";
import { judge, proveFile, startProver } from "../artifact/proof.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { fileBody } from "../files/file_body.ts";
import { hashFaults } from "../artifact/prove_staged.ts";
import type { ExportWork, Written } from "./export_job.ts";

/** The file, and what the check of it told. */
export interface WrittenDatabase extends Written {
  readonly proved: ProveResult;
}

/** A copy that passed a check. */
export async function writeDatabase(source: ExportWork): Promise<WrittenDatabase> {
  const { report, options, work } = source;
  const finished = work.file("export.db");
  const body = await fileBody(source.path);
  await refuseWithoutRoom(work.path, body.size);
  await writeFileAtomic(finished, body.stream(), {
    signal: options.signal,
    onProgress: (done) =>
      report.progress({ phase: "write", done, total: body.size, unit: "bytes" }),
  });
  await using prover = startProver(work.path);
  const proof = { verify: "quick" } as const;
  const proved = await proveFile(prover, {
    path: finished,
    options: proof,
    report,
    signal: options.signal,
  });
  const [fault] = [...hashFaults(proved, source.record), ...judge(proved, proof).faults];
  if (fault !== undefined) {
    const code = options.backup === undefined ? "DATABASE_CORRUPT" : "BACKUP_INVALID";
    throw new HoldfastError(code, `Cannot export "${source.title}": ${fault}`, {
      hint: "Nothing was written. `holdfast verify --all` shows which backups are good.",
    });
  }
  return { finished, bytes: body.size, proved };
}
