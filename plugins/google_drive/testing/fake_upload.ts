/**
 * The upload protocol of the fake server: one request, and sessions.
 *
 * @module
 */

import { createHash, type Hash } from "node:crypto";
import type { FakeFile, FakeFiles, Metadata } from "./fake_files.ts";
import { demand, Refusal } from "./refusal.ts";

/** A piece is a multiple of this many bytes, but the last. */
const unit = 256 * 1024;

/** An upload that is under way. */
interface Session {
  readonly total: number;
  readonly metadata: Metadata;
  /** The file to change; a new one where it is missing. */
  readonly fileId: string | undefined;
  readonly startedAt: Temporal.Instant;
  readonly pieces: Uint8Array<ArrayBuffer>[];
  hash: Hash;
  received: number;
  /** The file that came of it. */
  done?: string;
}

/** What a session answers. */
export type SessionAnswer = { readonly file: FakeFile } | { readonly received: number };

/** The uploads of one account. */
export class FakeUploads {
  /** Bytes are hashed and dropped, for files larger than memory. */
  keepBytes = true;
  /** Bytes that arrived in pieces, those that came twice counted twice. */
  arrived = 0;
  readonly #files: FakeFiles;
  readonly #now: () => Temporal.Instant;
  readonly #sessions = new Map<string, Session>();

  /** Takes the files and the clock of the server. */
  constructor(files: FakeFiles, now: () => Temporal.Instant) {
    this.#files = files;
    this.#now = now;
  }

  /** Begins a session; gives its ID. */
  begin(metadata: Metadata, total: number, fileId?: string): string {
    if (fileId === undefined) this.#files.checkNew(metadata);
    else this.#files.get(fileId);
    this.#files.checkRoom(total);
    const id = `ABPn-secret-session-${crypto.randomUUID()}`;
    const startedAt = this.#now();
    const hash = createHash("sha256");
    this.#sessions.set(id, { total, metadata, fileId, startedAt, pieces: [], hash, received: 0 });
    return id;
  }

  /** How far a session is. */
  query(id: string, total: number): SessionAnswer {
    const session = this.#session(id, total);
    return session.done === undefined
      ? { received: session.received }
      : { file: this.#files.get(session.done) };
  }

  /** Takes a piece, or only its first `most` bytes, rounded down as Google does. */
  take(
    id: string,
    range: { readonly start: number; readonly end: number; readonly total: number },
    { size, bytes, hash, most }: {
      readonly size: number;
      readonly bytes: () => Uint8Array<ArrayBuffer>;
      /** {@linkcode hashOf} with the bytes, where they were hashed while they arrived. */
      readonly hash?: Hash | undefined;
      readonly most?: number;
    },
  ): SessionAnswer {
    const session = this.#session(id, range.total);
    const length = range.end - range.start + 1;
    // The HTTP of the client may repeat a piece on its own: no breach, but no welcome either.
    if (range.end < session.received) throw new Refusal(400, "badRequest");
    demand(session.done === undefined, "a piece for an upload that is done");
    demand(range.start === session.received, `from ${range.start}, not ${session.received}`);
    demand(size === length, `${size} bytes for a range of ${length}`);
    demand(range.end < range.total, "a range beyond the end");
    const last = range.end + 1 === range.total;
    demand(last || length % unit === 0, `a piece of ${length} bytes`);
    const kept = most === undefined ? size : Math.floor(most / unit) * unit;
    session.received += kept;
    this.arrived += size;
    if (hash !== undefined && kept === size) session.hash = hash;
    else session.hash.update(bytes().subarray(0, kept));
    if (this.keepBytes) session.pieces.push(bytes().slice(0, kept));
    return session.received === session.total ? this.#finish(session) : session;
  }

  /** The hash of what a session has, to go on with. */
  hashOf(id: string | null): Hash | undefined {
    const session = this.#sessions.get(id ?? "");
    return session?.done === undefined ? session?.hash.copy() : undefined;
  }

  /** The session is gone. */
  lose(id: string): void {
    this.#sessions.delete(id);
  }

  /** How many sessions live and are not done. */
  get open(): number {
    return [...this.#sessions.values()].filter(({ done }) => done === undefined).length;
  }

  #finish(session: Session): SessionAnswer {
    const bytes = new Uint8Array(this.keepBytes ? session.total : 0);
    let at = 0;
    for (const piece of session.pieces.splice(0)) {
      bytes.set(piece, at);
      at += piece.length;
    }
    const content = { bytes, size: session.total, sha256: session.hash.digest("hex") };
    const file = session.fileId === undefined
      ? this.#files.create(session.metadata, content)
      : this.#files.update(session.fileId, session.metadata, content);
    session.done = file.id;
    return { file };
  }

  #session(id: string, total: number): Session {
    const session = this.#sessions.get(id);
    if (session === undefined) throw new Refusal(404, "notFound");
    const until = session.startedAt.add({ hours: 7 * 24 });
    if (Temporal.Instant.compare(this.#now(), until) >= 0) {
      this.#sessions.delete(id);
      throw new Refusal(404, "notFound");
    }
    demand(total === session.total, `a total of ${total}, not ${session.total}`);
    return session;
  }
}
