import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import settings from "../../deno.json" with { type: "json" };

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * The rooms of the package. A file may be added in a room without a word here; a new room, or
 * a file beside the rooms, is for everybody who installs the package, so it is named here. A
 * list of every file would be changed with each change, and read by nobody.
 */
const rooms: readonly string[] = [
  ...inside("core", "artifact catalog config directory engine export extend files health notify"),
  ...inside("core", "restore retention schedule targets watch words extend/checks"),
  ...inside("cli", "commands completion doctor help targets tui verbs"),
  ...inside("tui", "effects keys parts screens state terminal text"),
  ...Object.keys(settings.exports).filter((name) => name.startsWith("./plugins/"))
    .map((name) => name.slice(2)),
  "core",
  "cli",
  "tui",
];

/** What the package consists of: code in its rooms, its papers, nothing that only we need. */
const allowed: readonly RegExp[] = [
  /^(mod|cli)\.ts$/,
  /^(deno\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
  new RegExp(`^(${rooms.join("|")})/[^/]+\\.tsx?$`),
  /^docs\/[^/]+\.(md|json)$/,
];
const forbidden = /_test\.tsx?$|^cli\/binary\/|^plugins\/[^/]+\/testing\/|^tui\/testing\//;

function inside(folder: string, names: string): string[] {
  return names.split(" ").map((name) => `${folder}/${name}`);
}

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
