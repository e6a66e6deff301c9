import assert from "node:assert/strict";
import { bytesBody } from "../../core/extend/mod.ts";
import { exportPacked, restore } from "../../mod.ts";
import { verifyArchive } from "../../plugins/zip/mod.ts";
import { type CopyBench, copyBench, textsIn } from "../support/copy_bench.ts";
import { zipFormats } from "../support/zip_formats.ts";

const { signal } = new AbortController();

Deno.test("exportPacked writes an archive that restore reads, and never over a file", async () => {
  await using bench = await copyBench();
  const formats = await zipFormats();
  const output = bench.join("app.zip");
  const options = { database: bench.database, format: await zipFormat(), output };
  await exportPacked(options);
  await assert.rejects(exportPacked(options), { code: "DESTINATION_EXISTS" });
  await bench.backup();
  await restore({ database: bench.database, backup: output, formats, to: bench.join("copy.db") });
  assert.deepEqual(textsIn(bench.join("copy.db")), ["first"]);
});

Deno.test("exportPacked packs the included files of a live database, and neither backups nor itself", async () => {
  await using bench = await benchWithFiles();
  await bench.backup({ include: ["docs"], formats: await zipFormats() });
  const output = bench.join("docs", "app.zip");
  const options = {
    database: bench.database,
    format: await zipFormat(),
    output,
    include: ["**"],
    exclude: ["usb", "**/*.tmp"],
    filesQuery: "SELECT 'gone.txt'",
    sourceVersion: "2.1",
  };
  const { files, warnings } = await exportPacked(options);
  assert.deepEqual([files, warnings.map(({ code }) => code)], [1, ["FILES_NOT_INCLUDED"]]);
  assert.deepEqual(await namesIn(output), ["database.sqlite", "files/docs/a.txt"]);
  const { metadata } = await verified(output);
  assert.deepEqual(
    [metadata?.appVersion, metadata?.recordCount, metadata?.fileCount],
    ["2.1", { notes: 1 }, 2],
  );
  await exportPacked({ ...options, force: true });
  assert.deepEqual(await namesIn(output), ["database.sqlite", "files/docs/a.txt"]);
});

Deno.test("exportPacked of a packed backup has the files of that moment", async () => {
  await using bench = await benchWithFiles();
  const formats = await zipFormats();
  await bench.backup({ include: ["docs"], formats, sourceVersion: "2.0" });
  await Deno.writeTextFile(bench.join("docs", "a.txt"), "later");
  const output = bench.join("out.zip");
  const { database } = bench;
  const options = { database, backup: "latest", formats, format: await zipFormat(), output };
  assert.equal((await exportPacked({ ...options, include: ["**"] })).files, 2);
  await restore({ database, backup: output, formats });
  assert.equal(await Deno.readTextFile(bench.join("docs", "a.txt")), "then");
  assert.equal((await verified(output)).metadata?.appVersion, "2.0");

  await exportPacked({ ...options, includeFiles: false, force: true });
  assert.deepEqual(await namesIn(output), ["database.sqlite"]);
});

Deno.test("exportPacked leaves out what it is told to, but not everything", async () => {
  await using bench = await benchWithFiles();
  const output = bench.join("out.zip");
  const { database } = bench;
  const options = { database, format: await zipFormat(), output, include: ["docs"], force: true };
  await exportPacked({ ...options, includeDatabase: false });
  assert.deepEqual(await namesIn(output), ["files/docs/a.txt", "files/docs/b.tmp"]);
  assert.equal((await exportPacked({ ...options, includeFiles: false })).files, 0);
  assert.deepEqual(await namesIn(output), ["database.sqlite"]);
  const [bare] = await zipFormats({ includeMetadata: false });
  assert.ok(bare !== undefined);
  await exportPacked({ ...options, format: bare });
  assert.equal((await verified(output)).metadata, undefined);
  const nothing = exportPacked({ ...options, includeDatabase: false, includeFiles: false });
  await assert.rejects(nothing, { code: "USAGE" });
});

async function benchWithFiles(): Promise<CopyBench> {
  const bench = await copyBench();
  await Deno.mkdir(bench.join("docs"));
  await Deno.writeTextFile(bench.join("docs", "a.txt"), "then");
  await Deno.writeTextFile(bench.join("docs", "b.tmp"), "scratch");
  return bench;
}

async function zipFormat() {
  const [format] = await zipFormats();
  assert.ok(format !== undefined);
  return format;
}

async function verified(path: string) {
  return await verifyArchive(bytesBody(await Deno.readFile(path)), { signal });
}

async function namesIn(path: string): Promise<string[]> {
  return (await verified(path)).entries.map(({ name }) => name);
}
