/**
 * How a job tells what it does, and collects its warnings for its result.
 *
 * @module
 */

import process from "node:process";
import { catalogError } from "./catalog/catalog_error.ts";
import { failureOf, sqliteCode } from "./engine/sqlite_error.ts";
import type { EngineProgress } from "./engine/protocol.ts";
import { HoldfastError } from "./errors.ts";
import type {
  EventListener,
  HoldfastEvent,
  JobName,
  Phase,
  ProgressEvent,
  RetryingEvent,
} from "./events.ts";
import type { Clock } from "./clock.ts";

/** A warning as it stands in a result. */
export interface Warning {
  /** A word for programs. */
  readonly code: string;
  /** A sentence without its end. */
  readonly message: string;
  /** What to do now. */
  readonly hint?: string | undefined;
}

/** The voice of one job. */
export class Report {
  readonly job: JobName;
  readonly warnings: Warning[] = [];
  readonly #listener: EventListener | undefined;
  readonly #clock: Clock;
  readonly #began: number;
  /** The first error of the listener, once there was one. */
  #listenerError: { readonly error: unknown } | undefined;
  #hasFailed = false;
  /** The backup directory, where it was gone from its place at the end. */
  #lost: string | undefined;

  /** Begins, and says so. */
  constructor(
    job: JobName,
    about: {
      readonly subject: string;
      readonly clock: Clock;
      readonly onEvent?: EventListener | undefined;
    },
  ) {
    this.job = job;
    this.#listener = about.onEvent;
    this.#clock = about.clock;
    this.#began = about.clock.elapsed();
    this.#tell({ type: "started", job, subject: about.subject });
  }

  /** Milliseconds since it began. */
  get elapsedMs(): number {
    return Math.round(this.#clock.elapsed() - this.#began);
  }

  /** Tells how far a phase is. */
  progress(event: Omit<ProgressEvent, "type" | "job">): void {
    this.#tell({ type: "progress", job: this.job, ...event });
  }

  /** A listener for the engine; `as` renames its phase. */
  engine(as?: Phase): (progress: EngineProgress) => void {
    return (progress) => this.progress(as === undefined ? progress : { ...progress, phase: as });
  }

  /** Tells that something failed and is tried again. */
  retrying(news: Omit<RetryingEvent, "type" | "job">): void {
    this.#tell({ type: "retrying", job: this.job, ...news });
  }

  /** Tells and keeps a warning. */
  warn(warning: Warning): void {
    this.warnings.push(warning);
    this.#tell({ type: "warning", job: this.job, ...warning });
  }

  /** Ends well. */
  finished(summary: string): void {
    this.#tell({ type: "finished", job: this.job, summary, elapsedMs: this.elapsedMs });
  }

  /** The backup directory is not at its path any more: that explains what failed. */
  loseDirectory(directory: string): void {
    this.#lost = directory;
  }

  /** Ends badly; gives the error back as ours. */
  failed(error: unknown, otherwise: HoldfastError["code"]): HoldfastError {
    const known = asHoldfastError(error, otherwise);
    const ours = this.#lost === undefined || known.code === "CANCELLED"
      ? known
      : lostDirectory(this.#lost, known);
    const { code, message, hint } = ours;
    this.#tell({ type: "failed", job: this.job, code, message, hint });
    this.#hasFailed = true;
    if (this.#listenerError !== undefined) tellPlatform(this.#listenerError.error);
    return ours;
  }

  #tell(event: HoldfastEvent): void {
    try {
      const answer: unknown = this.#listener?.(event);
      // An async function fits the type too; its rejection would end the program.
      if (answer instanceof Promise) answer.catch((error) => this.#noteListener(error));
    } catch (error) {
      this.#noteListener(error);
    }
  }

  /** A screen that fails must not fail a backup: the first time stands in the result's warnings. */
  #noteListener(error: unknown): void {
    if (this.#listenerError !== undefined) return;
    this.#listenerError = { error };
    if (this.#hasFailed) return tellPlatform(error);
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    this.warnings.push({
      code: "LISTENER_FAILED",
      message: `The listener of events failed: ${message}`,
      hint: "The work was done all the same. The defect is in the program that listens.",
    });
  }
}

/**
 * A listener's defect where there is no result to carry it: told as a warning of the
 * process, which is seen and ends nothing.
 */
export function tellPlatform(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}

function lostDirectory(directory: string, cause: HoldfastError): HoldfastError {
  return new HoldfastError(
    "BACKUP_LIST_FAILED",
    `Cannot go on: "${directory}" was moved, replaced or removed meanwhile`,
    {
      hint: "Is its drive connected? If the backups lie elsewhere now, name that: --directory. " +
        "The next command there puts right what was left.",
      cause,
    },
  );
}

/** An error of the system or of SQLite as ours, with the code that fits, else `otherwise`. */
export function asHoldfastError(error: unknown, otherwise: HoldfastError["code"]): HoldfastError {
  if (error instanceof HoldfastError) return error;
  // Clearing up failed too, often for the same reason: what came first matters.
  if (error instanceof SuppressedError) return asHoldfastError(error.suppressed, otherwise);
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && error.name === "AbortError") {
    return new HoldfastError("CANCELLED", "Stopped before it ended", { cause: error });
  }
  const known = failureOf(error);
  // What opens any other database is a process of its own, with errors of ours.
  const isCatalogs = sqliteCode(error) !== undefined && known.code !== "INTERNAL";
  if (isCatalogs) return catalogError("Cannot use the catalog of the backups", error);
  if (known.code !== "INTERNAL") {
    return new HoldfastError(known.code, known.message, { hint: known.hint, cause: error });
  }
  return new HoldfastError(otherwise, message, { cause: error });
}

/** Throws `CANCELLED` once the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new HoldfastError("CANCELLED", "Stopped before it ended", { cause: signal.reason });
}
