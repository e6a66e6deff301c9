/**
 * Several threads that compress blocks of one stream at the same time.
 *
 * @module
 */

/**
 * The thread: compresses a block and gives the memory of both back. As text, so
 * that it needs no permission to read and is there in a bundle and in a compiled program.
 */
const source = `
import { constants, deflateRawSync } from "node:zlib";
self.onmessage = ({ data: { block, level } }) => {
  const packed = new Uint8Array(
    deflateRawSync(block, { level, finishFlush: constants.Z_FULL_FLUSH }),
  );
  self.postMessage({ block, packed }, [block.buffer, packed.buffer]);
};
self.postMessage("ready");
`;

type Bytes = Uint8Array<ArrayBuffer>;

/** A block, compressed; `block` is its memory, to be used again. */
export interface DeflatedBlock {
  readonly block: Bytes;
  readonly packed: Bytes;
}

/** One thread; it answers in the order in which it was asked. */
class Lane {
  readonly #worker: Worker;
  readonly #waiting: PromiseWithResolvers<DeflatedBlock>[] = [];
  #ready = false;

  constructor() {
    this.#worker = new Worker(`data:text/javascript,${encodeURIComponent(source)}`, {
      type: "module",
    });
    this.#worker.onmessage = ({ data }: MessageEvent<"ready" | DeflatedBlock>) => {
      if (data === "ready") this.#ready = true;
      else this.#waiting.shift()?.resolve(data);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#ready = false;
      const error = new Error(`a compressing thread ended: ${event.message}`);
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    };
  }

  get ready(): boolean {
    return this.#ready;
  }

  deflate(block: Bytes, level: number): Promise<DeflatedBlock> {
    const waiting = Promise.withResolvers<DeflatedBlock>();
    this.#waiting.push(waiting);
    this.#worker.postMessage({ block, level }, [block.buffer]);
    return waiting.promise;
  }

  close(): void {
    this.#worker.terminate();
  }
}

/** As many threads as there are processors, at most four. */
export class DeflateLanes {
  readonly #lanes: readonly Lane[];
  readonly #level: number;
  #next = 0;

  /** Starts the threads. {@linkcode close} ends them. */
  constructor(level: number) {
    this.#level = level;
    const count = Math.max(1, Math.min(4, navigator.hardwareConcurrency));
    this.#lanes = Array.from({ length: count }, () => new Lane());
  }

  /** How many blocks it is worth to have on the way. */
  get width(): number {
    return this.#lanes.length * 2;
  }

  /** Whether all threads are up. Where threads do not work, they never are. */
  get ready(): boolean {
    return this.#lanes.every(({ ready }) => ready);
  }

  /** Compresses one block that is not the last; its memory moves there and comes back. */
  deflate(block: Bytes): Promise<DeflatedBlock> {
    const lane = this.#lanes[this.#next++ % this.#lanes.length];
    if (lane === undefined) throw new RangeError("there is no thread");
    return lane.deflate(block, this.#level);
  }

  /** Ends the threads; blocks on their way never come. */
  close(): void {
    for (const lane of this.#lanes) lane.close();
  }
}
