/**
 * What the engine process and its client say to each other: one request line on
 * standard input, then message lines on standard output, all JSON.
 *
 * @module
 */

import type { ErrorCode } from "../errors.ts";
import type { Phase } from "../events.ts";
import type { SnapshotEngine } from "../artifact/backup_record.ts";
import type { DiffJobResult, DiffRequest } from "./diff.ts";
import type { ExportJobResult, ExportRequest } from "./export_tables.ts";
import type { ListedRequest } from "./listed_files.ts";
import type { MaintainJobResult, MaintainRequest } from "./maintain.ts";
import type { PeekJobResult, PeekRequest } from "./peek.ts";
import type { RescueJobResult, RescueRequest } from "./rescue.ts";
import type { DigestRequest, IncludeJobResult, IncludeRequest } from "./travelling_files.ts";

/** The word with which a program of ours is told to be the engine. */
export const ENGINE_COMMAND = "__engine";

/**
 * A step left out or drawn out on purpose, so that the safety tests can be seen to go
 * red. Nothing outside the tests asks for one.
 */
export type Sabotage =
  | "no-read-transaction"
  | "no-wal"
  | "no-header-check"
  | "slow-wal-copy"
  | "no-safety-again";

/** Looks at a live database without copying it. */
export interface InspectRequest {
  /** Absolute path. */
  readonly path: string;
  /** Milliseconds to wait for a lock. */
  readonly busyMs: number;
  /** Statements of which each has to be one SELECT; none is run. */
  readonly selects?: readonly string[] | undefined;
  /** Also count the rows of every table. */
  readonly count?: boolean | undefined;
  /** Also check it: `quick_check` or `integrity_check`. */
  readonly check?: "quick" | "full" | undefined;
}

/** What a database says about itself. */
export interface DatabaseFacts {
  readonly pageSize: number;
  readonly pageCount: number;
  readonly freePages: number;
  readonly userVersion: number;
  readonly applicationId: number;
  readonly encoding: string;
  readonly journalMode: string;
  /** `PRAGMA schema_version`: changes with the schema, and with a restore in place. */
  readonly schemaVersion: number;
  /** What identifies the committed state; changes with every commit. */
  readonly moment: string;
  /** Milliseconds since 1970: an equal moment that was read before then tells nothing. */
  readonly unsureUntil: number;
  /** Rows of each table, `null` where it cannot be read here. */
  readonly recordCount?: Readonly<Record<string, number | null>> | undefined;
  /** What the check found; empty where it passed. */
  readonly problems?: readonly string[] | undefined;
}

/** Copies the pages of a live database consistently. */
export interface SnapshotRequest {
  /** Absolute path of the live database, links resolved. */
  readonly source: string;
  /** Absolute path of the copy, in a private folder; made by the engine. */
  readonly destination: string;
  /** `auto` takes `clone` where it applies, else `online`. */
  readonly engine: SnapshotEngine | "auto";
  /** Milliseconds to wait for a lock. */
  readonly busyMs: number;
  readonly sabotage?: readonly Sabotage[] | undefined;
}

/** What a snapshot was. */
export interface SnapshotResult {
  readonly engine: SnapshotEngine;
  /** Why that one. */
  readonly why: string;
  /** The journal mode of the live database. */
  readonly journalMode: string;
  /** What identifies the committed state that was copied, or an earlier one. */
  readonly moment: string;
  /** Milliseconds during which the read transaction was held. */
  readonly heldMs: number;
}

/** Proves an artifact that lies alone in a private folder. */
export interface ProveRequest {
  /** Absolute path. */
  readonly path: string;
  /** How to check the integrity. */
  readonly verify: "none" | "quick" | "full";
  /** Tables that must be there. */
  readonly expectTables: readonly string[];
  /** SELECT statements whose first value must be true. */
  readonly assertions: readonly string[];
  /** The hash that it must have: where it has another, the checks are not waited for. */
  readonly expectSha256?: string | undefined;
  /** Threads that check at the same time. */
  readonly lanes: number;
}

/** What was found. */
export interface ProveResult {
  /** SHA-256 of the file, lower-case hex. */
  readonly sha256: string;
  /** Bytes of the file. */
  readonly size: number;
  /** What SQLite says about the content; absent where it cannot be opened. */
  readonly facts?: DatabaseFacts | undefined;
  /** What the integrity check found; empty where it passed. */
  readonly problems: readonly string[];
  /** Tables that SQLite cannot check here, with its reason (an unknown function, collation or module). */
  readonly unchecked: Readonly<Record<string, string>>;
  /** Rows that break a foreign key. */
  readonly foreignKeyViolations: number;
  /** Expected tables that are not there. */
  readonly missingTables: readonly string[];
  /** Assertions that do not hold, with the value they gave. */
  readonly failedAssertions: readonly { readonly sql: string; readonly got: string }[];
}

/** Writes a staged artifact onto a live database as one transaction. */
export interface RestoreRequest {
  /** Absolute path of the live database, links resolved. */
  readonly live: string;
  /** Absolute path of the staged artifact, alone in a private folder. */
  readonly artifact: string;
  /** The moment of the safety backup; `undefined` where there is none. */
  readonly safetyMoment?: string | undefined;
  /** When that was read, milliseconds since 1970. */
  readonly safetyAt?: number | undefined;
  /** Where the safety snapshot is taken again inside the lock, if anything was committed since. */
  readonly safetyAgain?: string | undefined;
  /** Milliseconds to win the lock. */
  readonly lockMs: number;
  readonly sabotage?: readonly Sabotage[] | undefined;
}

/** How the restore went. */
export interface RestoreJobResult {
  /** Something was committed after the safety backup, so it was taken again. */
  readonly safetyTakenAgain: boolean;
  /** The journal mode of the live database, the same as before. */
  readonly journalMode: string;
  /** What `quick_check` found in the live database afterwards; empty where it passed. */
  readonly problems: readonly string[];
  /** Rows of each table afterwards. */
  readonly recordCount: Readonly<Record<string, number | null>>;
}

/** Puts a live database back into a journal mode, after a restore was killed. */
export interface JournalRequest {
  /** Absolute path of the live database, links resolved. */
  readonly path: string;
  readonly mode: "wal";
  readonly busyMs: number;
}

/** Each job with what it is asked and what it answers. */
export interface Jobs {
  readonly inspect: { readonly request: InspectRequest; readonly result: DatabaseFacts };
  readonly snapshot: { readonly request: SnapshotRequest; readonly result: SnapshotResult };
  readonly prove: { readonly request: ProveRequest; readonly result: ProveResult };
  readonly journal: { readonly request: JournalRequest; readonly result: null };
  readonly restore: { readonly request: RestoreRequest; readonly result: RestoreJobResult };
  readonly peek: { readonly request: PeekRequest; readonly result: PeekJobResult };
  readonly diff: { readonly request: DiffRequest; readonly result: DiffJobResult };
  readonly export: { readonly request: ExportRequest; readonly result: ExportJobResult };
  readonly maintain: { readonly request: MaintainRequest; readonly result: MaintainJobResult };
  readonly listed: { readonly request: ListedRequest; readonly result: readonly string[] };
  readonly include: { readonly request: IncludeRequest; readonly result: IncludeJobResult };
  readonly digest: {
    readonly request: DigestRequest;
    readonly result: readonly (string | null)[];
  };
  readonly rescue: { readonly request: RescueRequest; readonly result: RescueJobResult };
}

/** The name of a job. */
export type Job = keyof Jobs;

/** How far a phase is. */
export interface EngineProgress {
  readonly phase: Phase;
  readonly done: number;
  readonly total?: number | undefined;
  readonly unit: "bytes" | "rows" | "tables" | "files" | "steps";
  readonly item?: string | undefined;
  readonly pointOfNoReturn?: boolean | undefined;
}

/** An error of the engine, as plain JSON. */
export interface EngineFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string | undefined;
  /** The stack of an error that nobody foresaw, bounded; absent for all others. */
  readonly trace?: string | undefined;
}

/** One line of the engine. */
export type EngineMessage<J extends Job = Job> =
  | { readonly progress: EngineProgress }
  | { readonly result: Jobs[J]["result"] }
  | { readonly error: EngineFailure };

/** The request line. */
export interface EngineRequest<J extends Job = Job> {
  readonly job: J;
  readonly request: Jobs[J]["request"];
}
