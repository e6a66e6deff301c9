/**
 * Proves an artifact: SHA-256 beside the checks, the checks beside each other.
 *
 * @module
 */

import { createHash } from "node:crypto";
import type { CheckResult } from "./check.ts";
import { Lane } from "./lane_client.ts";
import type { DatabaseFacts, EngineProgress, ProveRequest, ProveResult } from "./protocol.ts";
import type { Table } from "./read_facts.ts";
import { failureOf } from "./sqlite_error.ts";

/** What {@linkcode prove} works with. */
export interface ProveOptions {
  /** The first lane, already started. */
  readonly lane: Lane;
  readonly onProgress: (progress: EngineProgress) => void;
}

/** The findings while they come in. */
interface Findings {
  readonly problems: string[];
  readonly unchecked: Record<string, string>;
  readonly recordCount: Record<string, number | null>;
  readonly failedAssertions: { sql: string; got: string }[];
  foreignKeyViolations: number;
}

type Step = (lane: Lane) => Promise<void>;

/** Hashes and checks the file of the request. */
export async function prove(request: ProveRequest, options: ProveOptions): Promise<ProveResult> {
  const hashed = hash(request.path, options.onProgress);
  const checked = checkContent(request, options);
  const { expectSha256 } = request;
  const [{ sha256, size }, content] = await Promise.all([
    hashed,
    Promise.race([checked, otherThan(expectSha256, hashed)]),
  ]);
  return { sha256, size, ...content };
}

type Content = Omit<ProveResult, "sha256" | "size">;

/** Nothing more to find out, as soon as the hash is another; else it never ends. */
async function otherThan(
  expected: string | undefined,
  hashed: Promise<{ readonly sha256: string }>,
): Promise<Content> {
  const { sha256 } = await hashed;
  if (expected === undefined || sha256 === expected) return await new Promise(() => {});
  return {
    problems: [],
    unchecked: {},
    foreignKeyViolations: 0,
    missingTables: [],
    failedAssertions: [],
  };
}

async function checkContent(
  request: ProveRequest,
  { lane, onProgress }: ProveOptions,
): Promise<Content> {
  const found: Findings = {
    problems: [],
    unchecked: {},
    recordCount: {},
    failedAssertions: [],
    foreignKeyViolations: 0,
  };
  let facts: DatabaseFacts | undefined;
  let missingTables: readonly string[] = request.expectTables;
  try {
    const read = await lane.run("readFacts", { path: request.path });
    const names = new Set(read.tables.map(({ name }) => name));
    missingTables = request.expectTables.filter((name) => !names.has(name));
    const steps = stepsOf(request, read.tables, found);
    await runAll(steps, { lane, lanes: request.lanes, onProgress });
    facts = { ...read.facts, recordCount: found.recordCount };
  } catch (error) {
    const { code, message } = failureOf(error);
    if (code !== "DATABASE_CORRUPT" && code !== "NOT_A_DATABASE") throw error;
    found.problems.push(message);
  }
  return { facts, missingTables, ...found };
}

/** Every check as a step; the longest first, so that lanes end together. */
function stepsOf(request: ProveRequest, tables: readonly Table[], found: Findings): Step[] {
  const { path, verify } = request;
  const note = (name: string, { problems, unchecked }: CheckResult): void => {
    found.problems.push(...problems);
    if (unchecked !== undefined) found.unchecked[name] = unchecked;
  };
  const full: Step[] = verify !== "full" ? [] : tables.map((table) => async (lane) => {
    note(table.name, await lane.run("checkTable", { path, table }));
  });
  const quick: Step[] = verify === "none" ? [] : [async (lane) => {
    note("(whole file)", await lane.run("quickCheck", { path }));
  }];
  const counts: Step[] = tables.map((table) => async (lane) => {
    found.recordCount[table.name] = await lane.run("countTable", { path, table });
  });
  const keys: Step[] = verify === "none" ? [] : [async (lane) => {
    found.foreignKeyViolations = await lane.run("foreignKeys", { path });
  }];
  const assertions: Step[] = request.assertions.map((sql) => async (lane) => {
    const got = await lane.run("tryAssertion", { path, sql });
    if (got !== undefined) found.failedAssertions.push({ sql, got });
  });
  return [...full, ...quick, ...keys, ...assertions, ...counts];
}

/** Runs the steps on a few lanes; each lane takes the next one when it is free. */
async function runAll(
  steps: readonly Step[],
  { lane, lanes, onProgress }: ProveOptions & { readonly lanes: number },
): Promise<void> {
  let next = 0;
  let done = 0;
  const work = async (on: Lane): Promise<void> => {
    for (let step = steps[next++]; step !== undefined; step = steps[next++]) {
      await step(on);
      done++;
      onProgress({ phase: "check", done, total: steps.length, unit: "steps" });
    }
    await on.run("closeArtifact", null);
  };
  const extra = Math.max(0, Math.min(lanes, steps.length) - 1);
  await Promise.all([work(lane), ...Array.from({ length: extra }, () => work(new Lane()))]);
}

/** SHA-256 by 1 MiB reads: twice as fast as by 64 KiB. */
async function hash(
  path: string,
  onProgress: (progress: EngineProgress) => void,
): Promise<{ sha256: string; size: number }> {
  using file = await Deno.open(path);
  const total = (await file.stat()).size;
  const digest = createHash("sha256");
  const buffer = new Uint8Array(1 << 20);
  let done = 0;
  let told = 0;
  for (let read = await file.read(buffer); read !== null; read = await file.read(buffer)) {
    digest.update(buffer.subarray(0, read));
    done += read;
    if (done - told >= 32 << 20) {
      told = done;
      onProgress({ phase: "hash", done, total, unit: "bytes" });
    }
  }
  onProgress({ phase: "hash", done, total: done, unit: "bytes" });
  return { sha256: digest.digest("hex"), size: done };
}
