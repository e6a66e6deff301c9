import { deepEqual } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { publicApi } from "./public_api.ts";

/** What `deno doc --json` tells of a module, as far as it is used. */
interface Documented {
  readonly nodes: Readonly<
    Record<string, {
      readonly symbols: readonly {
        readonly name: string;
        readonly declarations: readonly { readonly kind: string }[];
      }[];
    }>
  >;
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The names that a module exports, as `kind name`. */
async function exported(module: string): Promise<string[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", module],
    cwd: root,
    stderr: "null",
  }).output();
  const { nodes } = JSON.parse(new TextDecoder().decode(stdout)) as Documented;
  const all = Object.values(nodes).flatMap(({ symbols }) => symbols).flatMap((
    { name, declarations },
  ) => declarations.map(({ kind }) => `${kind} ${name}`));
  return [...new Set(all)].sort();
}

for (const [entry, kinds] of Object.entries(publicApi)) {
  Deno.test(`the package exports from "${entry}" the names that are listed, and no other`, async () => {
    const { exports } = JSON.parse(await Deno.readTextFile(`${root}deno.json`)) as {
      readonly exports: Readonly<Record<string, string>>;
    };
    const listed = Object.entries(kinds).flatMap(([kind, names]) =>
      names.trim().split(/\s+/).map((name) => `${kind} ${name}`)
    );
    deepEqual(await exported(exports[entry] ?? ""), listed.sort());
  });
}
