/**
 * Times two ways of doing the same thing in turn, in one run.
 *
 * @module
 */

/** What came out. Times are milliseconds. */
export interface PairResult {
  readonly name: string;
  readonly ours: readonly number[];
  readonly peer: readonly number[];
  /** Median of ours ÷ median of the peer's. */
  readonly ratio: number;
  /** At most this much. */
  readonly bar: number;
}

/** Two ways, timed in turn `pairs` times; the first pair warms up and does not count. */
export async function timePairs(
  what: {
    readonly name: string;
    readonly bar: number;
    readonly pairs: number;
    readonly ours: () => Promise<void>;
    readonly peer: () => Promise<void>;
  },
): Promise<PairResult> {
  const ours: number[] = [];
  const peer: number[] = [];
  for (let pair = 0; pair <= what.pairs; pair++) {
    const a = await time(what.ours);
    const b = await time(what.peer);
    if (pair === 0) continue;
    ours.push(a);
    peer.push(b);
  }
  return { name: what.name, bar: what.bar, ours, peer, ratio: median(ours) / median(peer) };
}

async function time(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

/** A line for people. */
export function line({ name, ours, peer, ratio, bar }: PairResult): string {
  const ms = (values: readonly number[]): string => `${median(values).toFixed(0)} ms`;
  const verdict = ratio <= bar ? "within" : "MISSED";
  return `${name}: ${ratio.toFixed(2)} (bar ${bar}, ${verdict})  ours ${ms(ours)}, peer ${
    ms(peer)
  }`;
}
