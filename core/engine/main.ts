/**
 * The engine process: reads one job from standard input, lets lanes (worker
 * threads) do what touches SQLite, and stays awake itself, so that it ends at
 * once when its parent is gone, whatever a lane is busy with.
 *
 * @module
 */

import { Lane } from "./lane_client.ts";
import type {
  EngineFailure,
  EngineProgress,
  EngineRequest,
  Job,
  RestoreRequest,
} from "./protocol.ts";
import { failureOf } from "./sqlite_error.ts";

/** A request of any job, told apart by its job. */
type AnyRequest = { [J in Job]: EngineRequest<J> }[Job];

/** Runs one job and ends the process. Never returns. */
export async function engineMain(): Promise<never> {
  const lane = new Lane();
  const request = await readRequest();
  exitWithParent();
  try {
    print({ result: await perform(request, lane) });
  } catch (error) {
    print({ error: failureOf(error) });
  }
  Deno.exit(0);
}

async function perform({ job, request }: AnyRequest, lane: Lane): Promise<unknown> {
  if (job === "prove") {
    const { prove } = await import("./prove.ts");
    return await prove(request, { lane, onProgress });
  }
  if (job === "include" || job === "digest") {
    const { include, digest } = await import("./travelling_files.ts");
    return job === "include"
      ? await include(request, onProgress)
      : await digest(request, onProgress);
  }
  if (job === "restore") return await restoreUnderDeadline(request, lane);
  if (job === "journal") return await lane.run(job, request, onProgress);
  if (job === "peek") return await lane.run(job, request, onProgress);
  if (job === "diff") return await lane.run(job, request, onProgress);
  if (job === "export") return await lane.run(job, request, onProgress);
  if (job === "maintain") return await lane.run(job, request, onProgress);
  if (job === "listed") return await lane.run(job, request, onProgress);
  if (job === "rescue") return await lane.run(job, request, onProgress);
  if (job === "snapshot") return await lane.run(job, request, onProgress);
  return await lane.run(job, request, onProgress);
}

/**
 * SQLite's backup spins for ever while it cannot get the lock, without a word.
 * Only this thread can tell, and ending the process there changes nothing.
 */
async function restoreUnderDeadline(request: RestoreRequest, lane: Lane): Promise<unknown> {
  const busy: EngineFailure = {
    code: "DATABASE_BUSY",
    message: `Cannot lock "${request.live}" for the restore within ${request.lockMs / 1000} s`,
    hint:
      "Another program holds a transaction, or uses EXCLUSIVE locking. Nothing was changed: let it finish, or close it, and run the restore again.",
  };
  const giveUp = (): void => {
    print({ error: busy });
    Deno.exit(0);
  };
  let timer = setTimeout(giveUp, request.lockMs + 500);
  return await lane.run("restore", request, (progress) => {
    clearTimeout(timer);
    if (progress.phase === "wait") timer = setTimeout(giveUp, request.lockMs + 500);
    onProgress(progress);
  });
}

function onProgress(progress: EngineProgress): void {
  print({ progress });
}

function print(message: unknown): void {
  const bytes = new TextEncoder().encode(`${JSON.stringify(message)}\n`);
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

/** Everything up to the first line end. */
async function readRequest(): Promise<AnyRequest> {
  const chunks: Uint8Array[] = [];
  const buffer = new Uint8Array(65_536);
  while (true) {
    const read = await Deno.stdin.read(buffer);
    if (read === null) Deno.exit(0);
    chunks.push(buffer.slice(0, read));
    if (buffer[read - 1] === 10) break;
  }
  return JSON.parse(new TextDecoder().decode(concat(chunks))) as AnyRequest;
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** The pipe from the parent ends when the parent does, also by kill -9. */
async function exitWithParent(): Promise<void> {
  while (await Deno.stdin.read(new Uint8Array(64)) !== null);
  Deno.exit(0);
}

if (import.meta.main) await engineMain();
