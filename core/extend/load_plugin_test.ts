import { equal, ok, rejects } from "node:assert/strict";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { HoldfastError } from "../errors.ts";
import { loadPlugin } from "./load_plugin.ts";

const good = `export default { name: "mine", summary: "Mine.", codecs: {
  rot: { summary: "Rot.", settings: [], create: () => ({}) } } };`;

/** Loads one plugin file with this source. */
async function loadSource(source: string) {
  await using dir = await tempDir();
  await Deno.writeTextFile(dir.join("mine.ts"), source);
  return await loadPlugin("./mine.ts", { bundled: {}, folder: dir.path });
}

Deno.test("loadPlugin loads a bundled plugin only when it is used", async () => {
  let used = 0;
  const plugin = { name: "zip", summary: "ZIP archives." };
  const bundled = {
    zip: () => Promise.resolve({ default: plugin }),
    s3: () => Promise.reject(new Error(`used ${++used}`)),
  };
  equal(await loadPlugin("zip", { bundled, folder: "/" }), plugin);
  equal(used, 0);
});

Deno.test("loadPlugin loads a path, from the folder of the configuration", async () => {
  equal((await loadSource(good)).name, "mine");
});

Deno.test("loadPlugin tells what it cannot reach, with a suggestion", async () => {
  const options = { bundled: { folder: () => Promise.resolve({}) }, folder: "/nowhere" };
  await rejects(loadPlugin("foldr", options), (error) => {
    ok(error instanceof HoldfastError && error.code === "PLUGIN_INVALID");
    ok(error.hint?.includes('"folder"'));
    return true;
  });
  const wrong = ["./none.ts", "/", "file:///nowhere/x.ts", "toString", "__proto__"];
  for (const specifier of wrong) {
    await rejects(loadPlugin(specifier, options), { code: "PLUGIN_INVALID" });
  }
});

Deno.test("loadPlugin tells the plugin's own error apart and keeps it", async () => {
  await rejects(loadSource(`throw new RangeError("a bug of mine")`), (error) => {
    ok(error instanceof HoldfastError && error.code === "PLUGIN_INVALID");
    ok(error.message.includes("failed by itself"));
    ok(error.cause instanceof RangeError);
    return true;
  });
  await rejects(loadSource(`export default {`), { message: /Cannot reach the plugin/ });
});

Deno.test("loadPlugin tells what is wrong with the shape", async () => {
  const wrong = [
    ["export const x = 1", /no default export/],
    ["export default 5", /no default export that is a plugin/],
    ['export default { name: "Mine!", summary: "x" }', /"name" must be/],
    ['export default { name: "mine", summary: "x", targets: { a: {} } }', /"targets.a" must have/],
    [
      'export default { name: "m", summary: "x", codecs: { a: { summary: "", create() {}, settings: [5] } } }',
      /"codecs.a" has a setting/,
    ],
  ] as const;
  for (const [source, message] of wrong) {
    await rejects(loadSource(source), { code: "PLUGIN_INVALID", message });
  }
});

Deno.test("loadPlugin does not wait for ever", async () => {
  const bundled = { slow: () => new Promise<never>(() => {}) };
  await rejects(loadPlugin("slow", { bundled, folder: "/", deadlineMs: 5 }), {
    code: "PLUGIN_INVALID",
  });
});
