/**
 * Tells how many bytes are done, not too often.
 *
 * @module
 */

/** Bytes between two calls. */
const step = 1024 * 1024;

/** Counts bytes over several files and tells of them about once a MiB. */
export class ByteCounter {
  readonly #tell: ((bytes: number) => void) | undefined;
  #done = 0;
  #told = 0;

  /** Tells this function; `undefined` to count only. */
  constructor(tell: ((bytes: number) => void) | undefined) {
    this.#tell = tell;
  }

  /** So many more are done. */
  add(bytes: number): void {
    this.#done += bytes;
    if (this.#done - this.#told >= step) this.flush();
  }

  /** Tells the rest. */
  flush(): void {
    if (this.#done === this.#told) return;
    this.#told = this.#done;
    this.#tell?.(this.#done);
  }
}
