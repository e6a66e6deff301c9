/**
 * The whole program as a few JavaScript files in one folder, without npm packages beside it.
 *
 * @module
 */

import settings from "../../deno.json" with { type: "json" };
import { runDeno } from "./run_deno.ts";

const root = new URL("../../", import.meta.url);

/**
 * The files that are started, and what they do. All lie in one folder, so that a worker is
 * found beside whatever chunk starts it. Deno's bundler takes `import.meta.main` for false,
 * so each says itself what it starts.
 */
const entries: Readonly<Record<string, (from: (path: string) => string) => string>> = {
  // ssh2 names a folder of its own that only Windows needs.
  cli: (from) =>
    `import { main } from ${from("cli/main.ts")}; globalThis.__dirname = import.meta.dirname; ` +
    "Deno.exit(await main(Deno.args));",
  parse: (from) => `export * from ${from("cli/parse.ts")};`,
  main: (from) => `import { engineMain } from ${from("core/engine/main.ts")}; await engineMain();`,
  lane: (from) => `import ${from("core/engine/lane.ts")};`,
  simulation_worker: (from) => `import ${from("tui/effects/simulation_worker.ts")};`,
  mod: (from) => `export * from ${from("mod.ts")};`,
  plugin: (from) => `export * from ${from("core/extend/mod.ts")};`,
  testing: (from) => `export * from ${from("core/extend/testing.ts")};`,
};

/**
 * Ink asks for the developer tools only under DEV=true; ssh2 tries native code, which is
 * not there, and goes on with JavaScript.
 */
const leftOut: readonly string[] = ["react-devtools-core", "cpu-features", "*.node"];

/** Bundles the program into a folder, which may be there. */
export async function bundleProgram(folder: string): Promise<void> {
  const sources = await Deno.makeTempDir({ prefix: "holdfast-bundle-" });
  try {
    const from = (path: string): string => JSON.stringify(new URL(path, root).href);
    const files: string[] = [];
    for (const [name, write] of Object.entries(entries)) {
      const file = `${sources}/${name}.ts`;
      await Deno.writeTextFile(file, write(from));
      files.push(file);
    }
    const external = leftOut.flatMap((name) => ["--external", name]);
    const flags = ["--minify", "--code-splitting", ...external];
    await runDeno(["bundle", "-q", ...flags, "--outdir", folder, ...files]);
    await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(importMap()));
  } finally {
    await Deno.remove(sources, { recursive: true });
  }
}

/** What a plugin imports by the name of the package. */
function importMap(): unknown {
  return {
    nodeModulesDir: "none",
    imports: {
      [settings.name]: "./mod.js",
      [`${settings.name}/plugin`]: "./plugin.js",
      [`${settings.name}/testing`]: "./testing.js",
    },
  };
}
