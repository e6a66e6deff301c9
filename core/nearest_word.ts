/**
 * The known word that a mistyped one probably meant.
 *
 * @module
 */

/**
 * The word of `known` that is nearest to `typed`, at most a third of its letters away;
 * `undefined` where none is that near. Capitals do not matter.
 */
export function nearestWord(typed: string, known: readonly string[]): string | undefined {
  const scored = known
    .map((word) => ({ word, far: distance(typed.toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, far }) => far <= Math.max(1, Math.floor(word.length / 3)))
    .toSorted((a, b) => a.far - b.far);
  return scored[0]?.word;
}

/** Letters to insert, drop or change to get from one word to the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
