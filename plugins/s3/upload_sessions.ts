/**
 * Uploads in parts that did not end, kept so that another try, or another run,
 * goes on where they stopped.
 *
 * @module
 */

import type { StateStore } from "../../core/extend/mod.ts";

/** An upload in parts that was begun. */
export interface UploadSession {
  /** The store's name for it. */
  readonly uploadId: string;
  /** Bytes of the whole body. */
  readonly size: number;
  /** Bytes of each part but the last. */
  readonly partSize: number;
  /** The SHA-256 of the whole body where it was told. */
  readonly sha256?: string | undefined;
}

/** The uploads of one target that did not end. */
export class UploadSessions {
  readonly #state: StateStore;

  constructor(state: StateStore) {
    this.#state = state;
  }

  /** The unfinished upload of an object. */
  async find(key: string): Promise<UploadSession | undefined> {
    const text = await this.#state.get(stateKey(key));
    return text === undefined ? undefined : parsed(text);
  }

  /** Keeps an upload. */
  async keep(key: string, session: UploadSession): Promise<void> {
    await this.#state.set(stateKey(key), JSON.stringify(session));
  }

  /** Forgets the upload of an object. */
  async forget(key: string): Promise<void> {
    await this.#state.delete(stateKey(key));
  }

  /** When leftovers were looked for last. */
  async lastSweep(): Promise<Temporal.Instant | undefined> {
    const text = await this.#state.get("sweptAt");
    return text === undefined ? undefined : Temporal.Instant.from(text);
  }

  /** Notes that leftovers were looked for. */
  async noteSweep(at: Temporal.Instant): Promise<void> {
    await this.#state.set("sweptAt", at.toString());
  }
}

/** Where the upload of an object is kept. */
function stateKey(key: string): string {
  return `upload:${key}`;
}

/** What was kept; `undefined` where it is of another version. */
function parsed(text: string): UploadSession | undefined {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) return undefined;
  const { uploadId, size, partSize, sha256 }: Partial<Record<string, unknown>> = { ...value };
  if (typeof uploadId !== "string" || typeof size !== "number" || typeof partSize !== "number") {
    return undefined;
  }
  return { uploadId, size, partSize, ...(typeof sha256 === "string" ? { sha256 } : {}) };
}
