import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What the package consists of: code, its papers, nothing that only we need. */
const allowed: readonly RegExp[] = [
  /^(mod|cli)\.ts$/,
  /^(deno\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
  /^(core|cli|tui|plugins)\/.+\.tsx?$/,
  /^plugins\/.+\.d\.ts$/,
  /^docs\/[^/]+\.(md|json)$/,
];
const forbidden = /_test\.tsx?$|^cli\/binary\/|^plugins\/[^/]+\/testing\/|^tui\/testing\//;

/** Without these it is not the package. */
const needed: readonly string[] = [
  "mod.ts",
  "cli.ts",
  "core/engine/main.ts",
  "core/engine/lane.ts",
  "core/extend/mod.ts",
  "core/extend/testing.ts",
  "cli/parse.ts",
  "tui/effects/simulation_worker.ts",
  "docs/holdfast.schema.json",
  "README.md",
  "LICENSE",
];

Deno.test("deno publish takes the code and its papers, and no test", async () => {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["publish", "--dry-run", "--allow-dirty", "--no-check"],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  const log = new TextDecoder().decode(stderr);
  assert.ok(success, log);
  const listed = [...log.matchAll(/^\s+(file:\/\/\S+) \(/gm)];
  const files = listed.map(([, url = ""]) => fileURLToPath(url).slice(root.length));
  const wrong = files.filter((file) =>
    forbidden.test(file) || !allowed.some((pattern) => pattern.test(file))
  );
  assert.deepEqual(wrong, []);
  assert.deepEqual(needed.filter((file) => !files.includes(file)), []);
  const { exports } = JSON.parse(await Deno.readTextFile(`${root}deno.json`)) as {
    exports: Record<string, string>;
  };
  for (const file of Object.values(exports)) assert.ok(files.includes(file.slice(2)), file);
});
