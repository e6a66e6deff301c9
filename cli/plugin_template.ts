/**
 * The files of a new plugin: a small target that keeps every promise, with its test.
 *
 * @module
 */

import settings from "../deno.json" with { type: "json" };

/** What a plugin imports, and where each of it is found. */
export type PluginImports = Readonly<Record<string, string>>;

/** What it imports, as the published package has it. */
export function publishedImports(): PluginImports {
  const from = `jsr:${settings.name}@^${settings.version}`;
  return {
    [`${settings.name}/plugin`]: `${from}/plugin`,
    [`${settings.name}/testing`]: `${from}/testing`,
  };
}

/** The same, from a clone; `root` is the address of its folder. */
export function cloneImports(root: URL): PluginImports {
  const { "./plugin": plugin, "./testing": testing } = settings.exports;
  return {
    [`${settings.name}/plugin`]: new URL(plugin, root).href,
    [`${settings.name}/testing`]: new URL(testing, root).href,
  };
}

/** The files of a plugin of this name, by their name. */
export function pluginTemplate(
  name: string,
  imports: PluginImports,
): Readonly<Record<string, string>> {
  const fill = (text: string): string => text.replaceAll("NAME", name);
  return {
    "mod.ts": fill(moduleText),
    "mod_test.ts": fill(testText),
    "deno.json": `${JSON.stringify({ imports, tasks: { test: "deno test" } }, null, 2)}\n`,
  };
}

const moduleText = `/**
 * A plugin of holdfast. It keeps copies in memory: put your own place there.
 *
 * @module
 */

import {
  abortableStream,
  bytesBody,
  definePlugin,
  exactStream,
  type Plugin,
  type Target,
  TargetError,
} from "@holdfast/holdfast/plugin";

/** Makes the target. It touches no network before its first verb. */
export function makeTarget(): Target {
  const objects = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    // All or nothing: an object appears when its last byte is there.
    async put(key, body, { signal, onProgress }): Promise<void> {
      signal.throwIfAborted();
      const bytes = await new Response(abortableStream(exactStream(body), signal)).bytes();
      signal.throwIfAborted();
      objects.set(key, bytes);
      onProgress?.(bytes.length);
    },
    async get(key, { signal, offset = 0 }) {
      signal.throwIfAborted();
      const bytes = objects.get(key);
      if (bytes === undefined) throw new TargetError("not_found", \`Cannot find "\${key}"\`);
      const stream = bytesBody(bytes.subarray(offset)).stream();
      return await Promise.resolve(abortableStream(stream, signal));
    },
    async stat(key, { signal }) {
      signal.throwIfAborted();
      const bytes = objects.get(key);
      return await Promise.resolve(bytes && { key, size: bytes.length });
    },
    async *list(prefix, { signal }) {
      signal.throwIfAborted();
      for (const [key, { length }] of [...objects]) {
        if (key.startsWith(prefix)) yield await Promise.resolve({ key, size: length });
        signal.throwIfAborted();
      }
    },
    // Removing what is not there is no error.
    async remove(key, { signal }): Promise<void> {
      signal.throwIfAborted();
      await Promise.resolve(objects.delete(key));
    },
  };
}

const plugin: Plugin = definePlugin({
  name: "NAME",
  summary: "Keeps copies in NAME.",
  targets: {
    NAME: {
      summary: "Copies in NAME.",
      settings: [{ name: "place", kind: "text", help: "Where.", required: true }],
      create: () => makeTarget(),
    },
  },
});

export default plugin;
`;

const testText = `import { checkTarget } from "@holdfast/holdfast/testing";
import { makeTarget } from "./mod.ts";

Deno.test("NAME keeps every promise of a target", async (t) => {
  await checkTarget(() => makeTarget(), { step: (name, run) => t.step(name, run) });
});
`;
