/**
 * A stream of bytes read by count, not by chunk.
 *
 * @module
 */

/** Reads a stream in pieces of the reader's own choice. */
export class ByteSource {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #held = 0;

  /** Takes the stream over. */
  constructor(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.#reader = stream.getReader();
  }

  /** The next `count` bytes; fewer only at the end, none after it. */
  async read(count: number): Promise<Uint8Array<ArrayBuffer>> {
    while (this.#held < count) {
      const { done, value } = await this.#reader.read();
      if (done) break;
      if (value.length > 0) this.#chunks.push(value);
      this.#held += value.length;
    }
    return this.#take(Math.min(count, this.#held));
  }

  /** Tells the stream's source that nobody reads on. */
  async cancel(reason: unknown): Promise<void> {
    await this.#reader.cancel(reason);
  }

  /** Takes bytes that are held; copies only where they lie in several chunks. */
  #take(count: number): Uint8Array<ArrayBuffer> {
    this.#held -= count;
    const first = this.#chunks[0];
    if (first === undefined) return new Uint8Array(0);
    if (first.length >= count) {
      if (first.length === count) this.#chunks.shift();
      else this.#chunks[0] = first.subarray(count);
      return first.subarray(0, count);
    }
    const bytes = new Uint8Array(count);
    let at = 0;
    let used = 0;
    for (const chunk of this.#chunks) {
      const part = chunk.subarray(0, count - at);
      bytes.set(part, at);
      at += part.length;
      if (part.length < chunk.length) {
        this.#chunks[used] = chunk.subarray(part.length);
        break;
      }
      used++;
      if (at === count) break;
    }
    this.#chunks.splice(0, used);
    return bytes;
  }
}
