import assert from "node:assert/strict";
import { fileBody } from "../../core/extend/mod.ts";
import { registryOf } from "../../core/extend/mod.ts";
import type { Format } from "../../core/extend/mod.ts";
import { restore, undo } from "../../mod.ts";
import zip from "../../plugins/zip/mod.ts";
import { packArchive } from "../../plugins/zip/mod.ts";
import { copyBench, textsIn } from "../support/copy_bench.ts";
import { pluginContext } from "../support/plugin_context.ts";

const { signal } = new AbortController();

async function zipFormat(): Promise<Format> {
  const { kind } = registryOf([zip]).find("formats", "zip");
  return await kind.create(pluginContext({}));
}

/** A packed backup that somebody else hands over. */
async function archive(path: string, into: string, more: readonly string[] = []): Promise<void> {
  const files = [
    { name: "database.sqlite", body: await fileBody(path) },
    ...await Promise.all(more.map(async (name) => ({ name, body: await fileBody(path) }))),
  ];
  await Deno.writeFile(into, packArchive(files, {}, { signal }));
}

Deno.test("restore takes database and files out of an archive, and undo brings back", async () => {
  await using bench = await copyBench();
  const { path } = await bench.backup();
  bench.write("second");
  const file = bench.join("hand.zip");
  await archive(path, file, ["files/prefs.json"]);
  const formats = [await zipFormat()];
  const { warnings } = await restore({ database: bench.database, backup: file, formats });
  assert.deepEqual(warnings, []);
  assert.ok((await Deno.stat(bench.join("prefs.json"))).isFile);
  assert.deepEqual(textsIn(bench.database), ["first"]);
  await undo({ database: bench.database, formats });
  await assert.rejects(Deno.stat(bench.join("prefs.json")), Deno.errors.NotFound);
  assert.deepEqual(textsIn(bench.database), ["first", "second"]);
});

Deno.test("restore changes nothing for an archive that is damaged, or holds no database", async () => {
  await using bench = await copyBench();
  const { path } = await bench.backup();
  bench.write("second");
  const formats = [await zipFormat()];
  const file = bench.join("hand.zip");
  await archive(path, file);
  const bytes = await Deno.readFile(file);
  bytes[120] = (bytes[120] ?? 0) ^ 1;
  await Deno.writeFile(file, bytes);
  const options = { database: bench.database, backup: file, formats };
  await assert.rejects(restore(options), { code: "BACKUP_INVALID" });
  await Deno.writeFile(
    file,
    packArchive([{ name: "files/a", body: await fileBody(path) }], {}, { signal }),
  );
  await assert.rejects(restore(options), { code: "BACKUP_INVALID" });
  assert.deepEqual(textsIn(bench.database), ["first", "second"]);
});
