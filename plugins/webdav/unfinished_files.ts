/**
 * Where a file lies on the server until it is whole.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { TargetError } from "../../core/extend/mod.ts";
import { unfinishedFolder } from "./unfinished_folder.ts";
import type { WebdavClient } from "./webdav_client.ts";
import { locked, whileLocked } from "./while_locked.ts";

/** What a server is given to clean up after the caller gave up, in milliseconds. */
const cleanUpMs = 4_000;
const action = "Cannot remove an unfinished file";

/** The unfinished files of one target. */
export class UnfinishedFiles {
  readonly #client: WebdavClient;
  /** How often storing a key failed. */
  readonly #failures: Map<string, number> = new Map();
  /** Those that could not be removed. */
  readonly #left: Set<string> = new Set();

  constructor(client: WebdavClient) {
    this.#client = client;
  }

  /**
   * The path of a key's unfinished file: the same in each run, so that none piles up.
   * Another one after a failure, because the server may still hold the last one. In a
   * folder of its own, because rclone fails to list one that is written to.
   */
  path(key: string): string {
    const failures = this.#failures.get(key) ?? 0;
    const name = createHash("sha256").update(key).digest("hex");
    return `${unfinishedFolder}/${name}${failures === 0 ? "" : `-${failures}`}`;
  }

  /** Removes a key's unfinished file after a failure; does not throw where the server cannot. */
  async giveUp(key: string): Promise<void> {
    const path = this.path(key);
    this.#failures.set(key, (this.#failures.get(key) ?? 0) + 1);
    this.#left.add(path);
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(tooLate), cleanUpMs);
    const call = {
      action,
      method: "DELETE",
      path,
      expected: [404],
      patienceMs: cleanUpMs,
    } as const;
    try {
      await whileLocked(this.#client, { ...call, signal: deadline.signal });
      this.#left.delete(path);
    } catch (cause) {
      // The server is out of reach, or still busy with it: the next upload comes back to it.
      if (!(cause instanceof TargetError)) throw cause;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Removes what earlier failures left, as far as the server lets go of it. */
  async removeLeft(signal: AbortSignal): Promise<void> {
    for (const path of this.#left) {
      const call = { action, method: "DELETE", path, expected: [404, locked], signal } as const;
      if (await this.#client.status(call) !== locked) this.#left.delete(path);
    }
  }
}

/** Why a clean-up is left. */
const tooLate = new TargetError("unavailable", "Cannot remove an unfinished file in time");
