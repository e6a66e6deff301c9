import assert from "node:assert/strict";
import settings from "../../deno.json" with { type: "json" };
import { importGraph } from "../support/import_graph.ts";

/** The packages that a plugin is made with; those that are not here use none. */
const packages: Readonly<Record<string, readonly string[]>> = {
  age: ["age-encryption"],
  google_drive: ["age-encryption", "valibot"],
  mail: ["nodemailer"],
  s3: ["@rgrove/parse-xml", "aws4fetch"],
  sftp: ["ssh2"],
  webdav: ["@rgrove/parse-xml"],
  zip: ["@zip.js/zip.js"],
};

for (const [name, file] of Object.entries(settings.exports)) {
  if (!name.startsWith("./plugins/")) continue;
  const plugin = name.slice("./plugins/".length);
  Deno.test(`${name} brings only its own files and packages`, async () => {
    const { files, named } = await importGraph(file);
    const allowed = [`plugins/${plugin}/`, "core/extend/", "core/files/", "core/errors.ts"];
    const foreign = files.filter((each) => !allowed.some((room) => each.startsWith(room)));
    assert.deepEqual(foreign, []);
    const wanted = packages[plugin] ?? [];
    assert.deepEqual(named.filter((each) => !wanted.includes(each)), []);
  });
}

Deno.test("./plugin and ./testing bring no package at all", async () => {
  for (const name of ["./plugin", "./testing"] as const) {
    assert.deepEqual((await importGraph(settings.exports[name])).packages, [], name);
  }
});

Deno.test("the library brings no terminal UI, no command line and no plugin", async () => {
  const { files, named } = await importGraph(settings.exports["."]);
  assert.deepEqual(files.filter((each) => /^(cli|tui|plugins)\//.test(each)), []);
  assert.deepEqual(named.filter((each) => /ink|react|commander|clack|tab/.test(each)), []);
});
