/**
 * What a running job tells, as plain JSON: the text printer, `--json`, the
 * terminal UI and the notifiers read the same events.
 *
 * @module
 */

import type { ErrorCode } from "./errors.ts";

/** A job that reports. */
export type JobName =
  | "backup"
  | "restore"
  | "undo"
  | "verify"
  | "drill"
  | "prune"
  | "export"
  | "import"
  | "peek"
  | "diff"
  | "rescue"
  | "move"
  | "list"
  | "maintain"
  | "notify"
  | "catalog"
  | "push"
  | "pull"
  | "delete"
  | "undelete"
  | "edit";

/** A part of a job. */
export type Phase =
  | "wait"
  | "estimate"
  | "snapshot"
  | "hash"
  | "check"
  | "record"
  | "safety"
  | "restore"
  | "pack"
  | "unpack"
  | "encode"
  | "upload"
  | "download"
  | "prune"
  | "read"
  | "write"
  | "hook";

/** A job began. */
export interface StartedEvent {
  /** Tells the kinds of events apart. */
  readonly type: "started";
  /** What is done. */
  readonly job: JobName;
  /** The database, or what the job works on. */
  readonly subject: string;
}

/** How far a phase is. `done` and `total` are absolute; `done === total` ends it. */
export interface ProgressEvent {
  /** Tells the kinds of events apart. */
  readonly type: "progress";
  /** What is done. */
  readonly job: JobName;
  /** Which part of the job. */
  readonly phase: Phase;
  /** How much is done, counted from the beginning of the phase. */
  readonly done: number;
  /** Absent where it is not known. */
  readonly total?: number | undefined;
  /** What is counted. */
  readonly unit: "bytes" | "rows" | "tables" | "files" | "steps";
  /** What the phase is busy with: a table, a file, a target. */
  readonly item?: string | undefined;
  /** From here on the work cannot be stopped without having taken effect. */
  readonly pointOfNoReturn?: boolean | undefined;
}

/** Something the person should know; the work goes on. */
export interface WarningEvent {
  /** Tells the kinds of events apart. */
  readonly type: "warning";
  /** What is done. */
  readonly job: JobName;
  /** A word for programs. */
  readonly code: string;
  /** A sentence without its end. */
  readonly message: string;
  /** What to do now. */
  readonly hint?: string | undefined;
}

/** Something failed and is tried again. */
export interface RetryingEvent {
  /** Tells the kinds of events apart. */
  readonly type: "retrying";
  /** What is done. */
  readonly job: JobName;
  /** Which try comes next, from 2. */
  readonly attempt: number;
  /** Milliseconds until then. */
  readonly delayMs: number;
  /** A sentence without its end. */
  readonly message: string;
}

/** A job ended well. */
export interface FinishedEvent {
  /** Tells the kinds of events apart. */
  readonly type: "finished";
  /** What is done. */
  readonly job: JobName;
  /** One line for people: what was done. */
  readonly summary: string;
  /** Milliseconds that it took. */
  readonly elapsedMs: number;
}

/** A job failed. */
export interface FailedEvent {
  /** Tells the kinds of events apart. */
  readonly type: "failed";
  /** What is done. */
  readonly job: JobName;
  /** The code of the error. */
  readonly code: ErrorCode;
  /** A sentence without its end. */
  readonly message: string;
  /** What to do now. */
  readonly hint?: string | undefined;
}

/** Everything that a job can tell. */
export type HoldfastEvent =
  | StartedEvent
  | ProgressEvent
  | WarningEvent
  | RetryingEvent
  | FinishedEvent
  | FailedEvent;

/**
 * Who listens. It must return soon. What it throws, also later as a promise, never harms the
 * job: the first time stands as `LISTENER_FAILED` in the warnings of the result; where the job
 * itself failed there is no result, and it is a warning of the process (`process.emitWarning`).
 */
export type EventListener = (event: HoldfastEvent) => void;
