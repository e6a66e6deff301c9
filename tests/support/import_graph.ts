/**
 * What a module brings along, by `deno info`.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);

/** A graph of modules. */
export interface ImportGraph {
  /** Our own files in it, by their paths in the repository. */
  readonly files: readonly string[];
  /** The packages that our files name, without versions. */
  readonly named: readonly string[];
  /** Those and what they bring along. */
  readonly packages: readonly string[];
}

/** Reads the graph of a file of the repository. */
export async function importGraph(file: string): Promise<ImportGraph> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", file],
    cwd: fileURLToPath(root),
    env: { NO_COLOR: "1" },
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const { modules, npmPackages } = JSON.parse(new TextDecoder().decode(stdout)) as {
    readonly modules: readonly { readonly specifier: string }[];
    /** All of the lock file, with what each depends on. */
    readonly npmPackages: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
  };
  const specifiers = modules.map(({ specifier }) => specifier);
  const starts = specifiers.filter((each) => each.startsWith("npm:/"))
    .map((each) => keyOf(each.slice("npm:/".length), Object.keys(npmPackages)));
  const reached = new Set(starts);
  for (const key of reached) {
    for (const dependency of npmPackages[key]?.dependencies ?? []) reached.add(dependency);
  }
  return {
    files: specifiers.filter((each) => each.startsWith(root.href))
      .map((each) => each.slice(root.href.length)),
    named: [...new Set(starts.map(nameOf))].sort(),
    packages: [...new Set([...reached].map(nameOf))].sort(),
  };
}

/** `npm:/react@19.3.1/jsx-runtime` is the package `react@19.3.1`, which may carry its peers. */
function keyOf(path: string, keys: readonly string[]): string {
  const plain = /^(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path;
  return keys.find((key) => key === plain || key.startsWith(`${plain}_`)) ?? plain;
}

function nameOf(key: string): string {
  return /^@?[^@]+/.exec(key)?.[0] ?? key;
}
