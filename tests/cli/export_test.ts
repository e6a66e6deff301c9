import assert from "node:assert/strict";
import { bytesBody } from "../../core/extend/mod.ts";
import { verifyArchive } from "../../plugins/zip/mod.ts";
import { resultOf, runHoldfast } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";

const { signal } = new AbortController();

Deno.test("holdfast export --format zip packs what the configuration includes, without what is left out", async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  await Deno.writeTextFile(dir.join("prefs.json"), "{}");
  const config = { databases: { app: { path: "app.db", include: ["*.json"], zipLevel: 1 } } };
  await Deno.writeTextFile(dir.join("holdfast.json"), JSON.stringify(config));
  const namesOf = async (...parts: string[]) => {
    const args = ["export", "app", "--format", "zip", "--output", "x.zip", "--force", ...parts];
    const ran = await runHoldfast([...args, "--json"], { cwd: dir.path });
    assert.equal(resultOf(ran.stdout).ok, true, ran.stdout);
    const body = bytesBody(await Deno.readFile(dir.join("x.zip")));
    const { entries, metadata } = await verifyArchive(body, { signal });
    return [entries.map(({ name }) => name), metadata?.compressionLevel];
  };
  const files = ["files/holdfast.json", "files/prefs.json"];
  assert.deepEqual(await namesOf("--include-files"), [["database.sqlite", ...files], 1]);
  assert.deepEqual(await namesOf("--no-include-files"), [["database.sqlite"], 1]);
  const bare = await namesOf("--no-include-database", "--no-include-metadata");
  assert.deepEqual(bare, [files, undefined]);

  const refused = await runHoldfast(["export", "app", "--no-include-files"], { cwd: dir.path });
  assert.equal(refused.code, 2, refused.stderr);
  assert.match(refused.stderr, /--format zip/);
});
