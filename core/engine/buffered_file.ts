/**
 * A new file that is written in large pieces and synced at the end.
 *
 * @module
 */

const PIECE = 1 << 18;

/** The file; `close` makes it whole. */
export class BufferedFile {
  readonly #file: Deno.FsFile;
  readonly #encoder = new TextEncoder();
  #waiting: string[] = [];
  #length = 0;
  /** Bytes so far, without what waits. */
  size = 0;

  /** Makes the file, private; it must not be there. */
  constructor(path: string) {
    this.#file = Deno.openSync(path, { write: true, createNew: true, mode: 0o600 });
  }

  /** Adds text. */
  write(text: string): void {
    this.#waiting.push(text);
    this.#length += text.length;
    if (this.#length >= PIECE) this.#flush();
  }

  /** Writes the rest, syncs and closes it; gives its bytes. */
  close(): number {
    try {
      this.#flush();
      this.#file.syncSync();
      return this.size;
    } finally {
      this.#file.close();
    }
  }

  #flush(): void {
    const bytes = this.#encoder.encode(this.#waiting.join(""));
    for (let at = 0; at < bytes.length;) at += this.#file.writeSync(bytes.subarray(at));
    this.size += bytes.length;
    this.#waiting = [];
    this.#length = 0;
  }
}
