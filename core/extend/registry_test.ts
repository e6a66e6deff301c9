import { deepEqual, equal, throws } from "node:assert/strict";
import { memoryTarget } from "./memory_target.ts";
import { definePlugin, type Plugin } from "./plugin.ts";
import { registryOf } from "./registry.ts";

/** A plugin with targets of these names. */
function plugin(name: string, ...targets: readonly string[]): Plugin {
  const kind = { summary: "A shelf.", settings: [], create: () => memoryTarget() };
  return definePlugin({
    name,
    summary: "Keeps copies in memory.",
    targets: Object.fromEntries(targets.map((target) => [target, kind])),
  });
}

Deno.test("registryOf finds what plugins add by name", () => {
  const registry = registryOf([plugin("one", "shelf", "box"), plugin("two", "attic")]);
  equal(registry.find("targets", "attic").plugin, "two");
  deepEqual(registry.entries("targets").map(({ name }) => name), ["attic", "box", "shelf"]);
  deepEqual(registry.entries("codecs"), []);
  throws(() => registry.find("targets", "atic"), {
    code: "CONFIG_INVALID",
    hint: 'Did you mean "attic"?',
  });
});

Deno.test("registryOf refuses twins", () => {
  throws(() => registryOf([plugin("one"), plugin("one")]), { code: "PLUGIN_INVALID" });
  throws(() => registryOf([plugin("one", "shelf"), plugin("two", "shelf")]), {
    code: "PLUGIN_INVALID",
  });
});
