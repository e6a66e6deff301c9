/**
 * The folders on a server that copies lie in.
 *
 * @module
 */

import { TargetError } from "../../core/extend/mod.ts";
import type { WebdavClient } from "./webdav_client.ts";

/** Folders that are made once and then known. */
export class Collections {
  readonly #client: WebdavClient;
  readonly #known: Map<string, Promise<void>> = new Map();

  constructor(client: WebdavClient) {
    this.#client = client;
  }

  /** Makes the folder of a file, and those above it, up to the target's own. */
  async ensureFor(path: string, signal: AbortSignal): Promise<void> {
    await this.#ensure(path.slice(0, path.lastIndexOf("/") + 1), signal);
  }

  /** Forgets what is known: somebody removed a folder. */
  forget(): void {
    this.#known.clear();
  }

  /** Makes a folder once; others wait for the same request. */
  #ensure(folder: string, signal: AbortSignal): Promise<void> {
    const known = this.#known.get(folder);
    // Whoever asked first may have given up: that is no reason for others to fail.
    if (known !== undefined) return known.catch(() => this.#ensure(folder, signal));
    const making = this.#make(folder, signal);
    this.#known.set(folder, making);
    making.then(undefined, () => this.#known.delete(folder));
    return making;
  }

  /** Makes a folder; where the one above is missing, that one first. */
  async #make(folder: string, signal: AbortSignal): Promise<void> {
    const action = `Cannot make the folder "${this.#client.url(folder).href}"`;
    const make = (): Promise<number> =>
      this.#client.status({
        action,
        method: "MKCOL",
        path: folder,
        // 405 is how a server says that it is there.
        expected: [301, 405, 409],
        signal,
      });
    if (await make() !== 409) return;
    if (folder !== "") {
      await this.#ensure(folder.slice(0, folder.lastIndexOf("/", folder.length - 2) + 1), signal);
      if (await make() !== 409) return;
    }
    throw new TargetError("invalid", `${action}: the folder above it is missing`, {
      hint: "Make the folder above the target's address on the server.",
    });
  }
}
