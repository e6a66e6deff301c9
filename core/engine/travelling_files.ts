/**
 * The jobs that open files beside a live database: here, in a process of its own, closing
 * one drops no lock that an application holds.
 *
 * @module
 */

import { collectIncludedFiles } from "../files/collect_included.ts";
import { hashFile } from "../files/hash_file.ts";
import type { IncludedFile, IncludeRules, SkippedFile } from "../files/included_files.ts";
import { type StagedFile, stageIncludedFiles } from "../files/stage_included.ts";
import type { EngineProgress } from "./protocol.ts";

/** Copies the files that travel with a database. */
export interface IncludeRequest extends IncludeRules {
  /** Absolute path of the database; its folder is the root. */
  readonly database: string;
  /** Absolute paths of folders that never travel. */
  readonly never: readonly string[];
  /** Files that the database refers to. */
  readonly listed: readonly string[];
  /** The private folder for the copies. */
  readonly into: string;
}

/** What travels and what does not. */
export interface IncludeJobResult {
  readonly files: readonly StagedFile[];
  readonly skipped: readonly SkippedFile[];
}

/** Reads files where they are. */
export interface DigestRequest {
  /** Absolute paths of regular files. */
  readonly paths: readonly string[];
}

/** Milliseconds between two words about the progress. */
const EVERY = 200;

/** Finds and copies them. */
export async function include(
  request: IncludeRequest,
  tell: (progress: EngineProgress) => void,
): Promise<IncludeJobResult> {
  const { signal } = new AbortController();
  const { files, skipped } = await collectIncludedFiles({ ...request, signal });
  const total = files.reduce((sum, { size }: IncludedFile) => sum + size, 0);
  let last = 0;
  const staged = await stageIncludedFiles(files, request.into, {
    signal,
    onProgress: (done) => {
      if (performance.now() - last < EVERY) return;
      last = performance.now();
      tell({ phase: "read", done: Math.min(done, total), total, unit: "bytes" });
    },
  });
  return { files: staged.files, skipped: [...skipped, ...staged.skipped] };
}

/** The SHA-256 of each; `null` where it is gone or cannot be read. */
export async function digest(
  { paths }: DigestRequest,
  tell: (progress: EngineProgress) => void,
): Promise<(string | null)[]> {
  const found: (string | null)[] = [];
  for (const path of paths) {
    try {
      found.push(await hashFile(path));
    } catch (error) {
      const isGone = error instanceof Deno.errors.NotFound ||
        error instanceof Deno.errors.PermissionDenied;
      if (!isGone) throw error;
      found.push(null);
    }
    tell({ phase: "read", done: found.length, total: paths.length, unit: "files" });
  }
  return found;
}
