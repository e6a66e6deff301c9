/**
 * Has a file proved by an engine that may touch nothing else, and says what the
 * findings mean.
 *
 * @module
 */

import type { BackupMetadata, Proof } from "./backup_record.ts";
import { EngineProcess } from "../engine/client.ts";
import type { ProveResult } from "../engine/protocol.ts";
import type { Phase } from "../events.ts";
import type { Report, Warning } from "../report.ts";

/** How far a backup is proved. */
export interface ProofOptions {
  /** The integrity check: `full` by default. */
  readonly verify?: "none" | "quick" | "full" | undefined;
  /** Tables that must be there. */
  readonly expectTables?: readonly string[] | undefined;
  /** SELECT statements whose first value must be true. */
  readonly assertions?: readonly string[] | undefined;
}

/** What the findings mean. */
export interface Verdict {
  /** How far it is good. */
  readonly proof: Proof;
  /** Sentences about what is bad; empty where it is good as far as asked. */
  readonly faults: readonly string[];
  /** The faults are of the structure: the file is damaged. */
  readonly damaged: boolean;
  readonly warnings: readonly Warning[];
}

/** Threads that check beside each other; a small file is checked before a second one starts. */
function lanesFor(size: number): number {
  return size < 16e6 ? 1 : 2;
}

/** Milliseconds without a word after which a check is ended: a minute, and a second per 4 MB. */
function deadlineFor(size: number): number {
  return 60_000 + size / 4_000;
}

/** An engine that will prove one file in `folder`; started ahead of time. */
export function startProver(folder: string): EngineProcess {
  return EngineProcess.start({ read: [folder], write: [folder] });
}

/** Proves the file at `path`, alone in the prover's folder. */
export async function proveFile(
  prover: EngineProcess,
  work: {
    readonly path: string;
    readonly options: ProofOptions;
    readonly report: Report;
    readonly phase?: Phase | undefined;
    readonly deadlineMs?: number | undefined;
    /** The hash that the file must have, where one is known. */
    readonly expectSha256?: string | null | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<ProveResult> {
  const { path, options, report, signal } = work;
  const { size } = await Deno.stat(path);
  return await prover.run("prove", {
    path,
    verify: options.verify ?? "full",
    expectTables: options.expectTables ?? [],
    assertions: options.assertions ?? [],
    expectSha256: work.expectSha256 ?? undefined,
    lanes: lanesFor(size),
  }, {
    signal,
    onProgress: report.engine(work.phase),
    deadlineMs: work.deadlineMs ?? deadlineFor(size),
  });
}

/** What the findings mean for the file. */
export function judge(result: ProveResult, options: ProofOptions): Verdict {
  const { problems, missingTables, failedAssertions, unchecked } = result;
  const faults = [
    ...problems.map((problem) => `damaged: ${problem}`),
    ...missingTables.map((name) => `the table "${name}" is missing`),
    ...failedAssertions.map(({ sql, got }) => `the assertion "${sql}" gave ${got}`),
  ];
  const asserted = (options.expectTables?.length ?? 0) + (options.assertions?.length ?? 0) > 0;
  const best: Proof = asserted ? "asserted" : "checked";
  const structure: Proof = problems.length > 0 || options.verify === "none" ? "hashed" : best;
  const proof = structure === "asserted" && faults.length > 0 ? "checked" : structure;
  return { proof, faults, damaged: problems.length > 0, warnings: warningsOf(result, unchecked) };
}

function warningsOf(result: ProveResult, unchecked: ProveResult["unchecked"]): Warning[] {
  const names = Object.keys(unchecked);
  const warnings: Warning[] = [];
  if (names.length > 0) {
    warnings.push({
      code: "PARTLY_CHECKED",
      message: `SQLite cannot check ${names.join(", ")} here: ${Object.values(unchecked)[0]}`,
      hint: "The schema needs functions or collations of the application; the pages are sound.",
    });
  }
  if (result.foreignKeyViolations > 0) {
    warnings.push({
      code: "FOREIGN_KEYS",
      message:
        `${result.foreignKeyViolations} rows break a foreign key, in the database as in the copy`,
      hint: "The copy is faithful. `PRAGMA foreign_key_check` lists the rows.",
    });
  }
  return warnings;
}

/** The facts about the content, as the record keeps them. */
export function contentMetadata(result: ProveResult, options: ProofOptions): BackupMetadata {
  const { facts } = result;
  return {
    pageSize: facts?.pageSize,
    pageCount: facts?.pageCount,
    freePages: facts?.freePages,
    userVersion: facts?.userVersion,
    applicationId: facts?.applicationId,
    encoding: facts?.encoding,
    recordCount: facts?.recordCount,
    verify: options.verify ?? "full",
    foreignKeyViolations: result.foreignKeyViolations,
    assertions: options.assertions,
  };
}
