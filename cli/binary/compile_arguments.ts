/**
 * How `deno compile` is asked for the single binary.
 *
 * @module
 */

/** What the program reaches by a name that the compiler cannot follow. */
const included: readonly string[] = [
  "cli/parse.ts",
  "core/engine/main.ts",
  "core/engine/lane.ts",
  "tui/effects/simulation_worker.ts",
  // For plugins by path.
  "mod.ts",
  "core/extend/mod.ts",
  "core/extend/testing.ts",
];

/**
 * The arguments of `deno compile`. The binary is its own engine, with the permissions of the
 * binary, and a compact snapshot (VACUUM INTO) needs all of them: so less would not serve.
 */
export function compileArguments(
  output: string,
  { target }: { readonly target?: string | undefined } = {},
): string[] {
  return [
    "compile",
    "--allow-all",
    "--no-check",
    "--exclude-unused-npm",
    ...(target === undefined ? [] : ["--target", target]),
    ...included.flatMap((file) => ["--include", file]),
    "--output",
    output,
    "cli.ts",
  ];
}
