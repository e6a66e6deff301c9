/**
 * The near side of the engine process: starts it, gives it one job, listens,
 * and ends it at a deadline, on cancel, or when it is done.
 *
 * @module
 */

import { errorFromTrace } from "../error_trace.ts";
import { HoldfastError } from "../errors.ts";
import { LOOK_AT_DISK } from "../files/file_error.ts";
import { engineCommand, type Grant } from "./launch.ts";
import type { EngineMessage, EngineProgress, EngineRequest, Job, Jobs } from "./protocol.ts";

/** Options of {@linkcode EngineProcess.run}. */
export interface EngineRunOptions {
  /** Ends the process and rejects with `CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds without a word from the engine after which it is ended. */
  readonly deadlineMs?: number | undefined;
  /** Called with each progress line. */
  readonly onProgress?: ((progress: EngineProgress) => void) | undefined;
}

const DEFAULT_DEADLINE_MS = 600_000;

/** One engine process, good for one job. */
export class EngineProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;

  private constructor(child: Deno.ChildProcess) {
    this.#child = child;
  }

  /**
   * Starts an engine that may do what the grant says. It waits for its job, so it
   * can be started ahead of time. Needs `--allow-run`.
   */
  static start(grant: Grant): EngineProcess {
    const { program, args } = engineCommand(grant);
    try {
      const command = new Deno.Command(program, {
        args,
        stdin: "piped",
        stdout: "piped",
        stderr: "piped",
      });
      return new EngineProcess(command.spawn());
    } catch (cause) {
      if (cause instanceof Deno.errors.NotCapable) {
        throw new HoldfastError("PERMISSION_DENIED", "Cannot start the engine process", {
          hint:
            "Run with --allow-run: everything that touches SQLite runs in a process of its own.",
          cause,
        });
      }
      throw cause;
    }
  }

  /** The id of the process. */
  get pid(): number {
    return this.#child.pid;
  }

  /**
   * Gives the engine its job and waits for the answer.
   *
   * @throws {HoldfastError} The error of the engine; `CANCELLED`; `DATABASE_BUSY` or `INTERNAL`
   * where it ended without an answer.
   */
  async run<J extends Job>(
    job: J,
    request: Jobs[J]["request"],
    options: EngineRunOptions = {},
  ): Promise<Jobs[J]["result"]> {
    const { signal, onProgress, deadlineMs = DEFAULT_DEADLINE_MS } = options;
    let overdue = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const expect = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        overdue = true;
        this.#kill();
      }, deadlineMs);
    };
    const cancel = (): void => this.#kill();
    signal?.addEventListener("abort", cancel, { once: true });
    const errors = readText(this.#child.stderr);
    try {
      expect();
      if (signal?.aborted) this.#kill();
      await this.#send({ job, request });
      for await (const message of messages<J>(this.#child.stdout)) {
        expect();
        if ("progress" in message) {
          if (signal?.aborted !== true) onProgress?.(message.progress);
        } else if ("result" in message) return message.result;
        else {
          const { code, message: text, hint, trace } = message.error;
          throw new HoldfastError(code, text, { hint, cause: errorFromTrace(trace) });
        }
      }
      throw await this.#silence({ job, overdue, deadlineMs, signal, errors });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", cancel);
      this.#kill();
      await Promise.all([this.#child.status, errors]);
    }
  }

  /** Ends the process, whatever it does, and waits until it is gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#kill();
    await this.#child.status;
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (!stream.locked) await stream.cancel();
    }
    if (!this.#child.stdin.locked) await this.#child.stdin.close().catch(ignoreBrokenPipe);
  }

  /** Writes the request and leaves the pipe open: its end tells the engine that we are gone. */
  async #send(request: EngineRequest): Promise<void> {
    const writer = this.#child.stdin.getWriter();
    try {
      await writer.write(new TextEncoder().encode(`${JSON.stringify(request)}\n`));
    } catch (error) {
      ignoreBrokenPipe(error);
    } finally {
      writer.releaseLock();
    }
  }

  /** The error for an engine that ended without an answer. */
  async #silence(
    end: {
      readonly job: Job;
      readonly overdue: boolean;
      readonly deadlineMs: number;
      readonly signal: AbortSignal | undefined;
      readonly errors: Promise<string>;
    },
  ): Promise<HoldfastError> {
    if (end.signal?.aborted) {
      return new HoldfastError("CANCELLED", "Stopped before it ended", {
        cause: end.signal.reason,
      });
    }
    if (end.overdue) {
      return new HoldfastError(
        "DATABASE_BUSY",
        `Ended the ${end.job} step: no progress for ${Math.round(end.deadlineMs / 1000)} s`,
        {
          hint: "The database may hold a query that never ends, or a lock that is never given up.",
        },
      );
    }
    const status = await this.#child.status;
    if (status.signal === "SIGXFSZ") {
      return new HoldfastError("NO_SPACE", "The system allows no larger file here", {
        hint: "Raise the limit (`ulimit -f`) and try again.",
      });
    }
    // A mapped page that cannot be read: the disk fails, or the file was cut short meanwhile.
    if (status.signal === "SIGBUS") {
      return new HoldfastError("DISK_FAILED", `Cannot read a file during ${end.job}`, {
        hint: LOOK_AT_DISK,
      });
    }
    const how = status.signal === null ? `exit code ${status.code}` : status.signal;
    const said = (await end.errors).trim().split("\n").slice(-5).join("\n");
    return new HoldfastError("INTERNAL", `The engine process ended during ${end.job} (${how})`, {
      hint: `${stateAfter(end.job)} Run it again; if it happens again, please report it.`,
      cause: said === "" ? undefined : new Error(said),
    });
  }

  #kill(): void {
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      // Already gone: Deno throws a TypeError then.
      if (!(error instanceof TypeError) && !(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

/** What a job that was killed leaves; the system may kill the largest process when memory is low. */
function stateAfter(job: Job): string {
  const writes = job === "restore" || job === "rescue" || job === "maintain" || job === "journal";
  return writes ? "The database has its old or its new state, whole." : "Nothing was changed.";
}

/** Starts an engine, runs one job and ends it. */
export async function runJob<J extends Job>(
  job: J,
  request: Jobs[J]["request"],
  options: EngineRunOptions & { readonly grant: Grant },
): Promise<Jobs[J]["result"]> {
  await using engine = EngineProcess.start(options.grant);
  return await engine.run(job, request, options);
}

/** The messages of a stream of lines. */
async function* messages<J extends Job>(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<EngineMessage<J>> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as EngineMessage<J>;
  }
}

async function readText(stream: ReadableStream<Uint8Array>): Promise<string> {
  return (await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).text()).slice(
    -4000,
  );
}

/** The engine may be gone before it read its request; its silence is reported then. */
function ignoreBrokenPipe(error: unknown): void {
  if (error instanceof Deno.errors.BrokenPipe || error instanceof TypeError) return;
  throw error;
}
