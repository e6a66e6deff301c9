/**
 * A folder of its own for one test, gone afterwards.
 *
 * @module
 */

/** A fresh folder; `await using` removes it with everything in it. */
export interface TempDir extends AsyncDisposable {
  /** Its absolute path, links resolved. */
  readonly path: string;
  /** The path of a file in it. */
  join(...parts: readonly string[]): string;
}

/** Makes a fresh folder below the system's temporary folder. */
export async function tempDir(): Promise<TempDir> {
  const path = await Deno.realPath(await Deno.makeTempDir({ prefix: "holdfast-test-" }));
  return {
    path,
    join: (...parts) => [path, ...parts].join("/"),
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}
