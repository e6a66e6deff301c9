/**
 * A lint rule that holds the arrows of the house:
 * cli → tui → mod.ts → core ← plugins.
 *
 * @module
 */

const root = new URL("../../", import.meta.url);

/** A room, and the rooms that its files may import from. */
const rooms: readonly { readonly room: string; readonly sees: readonly string[] }[] = [
  { room: "core/extend/", sees: ["core/extend/", "core/files/", "core/errors.ts"] },
  { room: "core/", sees: ["core/"] },
  { room: "tui/", sees: ["tui/", "mod.ts"] },
  { room: "cli/", sees: ["cli/", "tui/", "core/", "plugins/", "mod.ts", "deno.json"] },
  { room: "mod.ts", sees: ["core/"] },
  { room: "cli.ts", sees: ["cli/", "core/engine/"] },
  { room: "examples/", sees: ["examples/", "mod.ts"] },
];

/** Tests see their own room's test material too. */
const testsSee = ["tests/"];

/** Where an import may not go, as a sentence; `undefined` where it may. */
export function forbiddenImport(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const to = new URL(specifier, new URL(from, root)).href.slice(root.href.length);
  const plugin = from.match(/^plugins\/[^/]+\//)?.[0];
  const sees = plugin === undefined
    ? rooms.find(({ room }) => from.startsWith(room))?.sees
    : [plugin, "core/extend/"];
  if (sees === undefined) return undefined;
  const isTest = /_test\.tsx?$|\/testing\//.test(from);
  const allowed = isTest ? [...sees, ...testsSee] : sees;
  if (allowed.some((room) => to.startsWith(room))) return undefined;
  return `${from} may import from ${allowed.join(", ")}, not from ${to}`;
}

const plugin: Deno.lint.Plugin = {
  name: "holdfast",
  rules: {
    layers: {
      create(context) {
        const file = new URL(`file://${context.filename}`).href;
        if (!file.startsWith(root.href)) return {};
        const from = decodeURIComponent(file.slice(root.href.length));
        const look = (node: Deno.lint.Node, source: Deno.lint.Node | null): void => {
          if (source?.type !== "Literal" || typeof source.value !== "string") return;
          const message = forbiddenImport(from, source.value);
          if (message !== undefined) context.report({ node, message });
        };
        return {
          ImportDeclaration: (node) => look(node, node.source),
          ExportNamedDeclaration: (node) => look(node, node.source),
          ExportAllDeclaration: (node) => look(node, node.source),
          ImportExpression: (node) => look(node, node.source),
        };
      },
    },
  },
};

export default plugin;
