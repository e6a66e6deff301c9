import { deepEqual, equal, rejects } from "node:assert/strict";
import { bytesBody, TargetError } from "../../core/extend/mod.ts";
import { checkFormat } from "../../core/extend/testing.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { rawArchive, signal, textFile } from "./testing/archives.ts";
import { context } from "./testing/context.ts";
import { zipFormat } from "./zip_format.ts";

Deno.test("zipFormat keeps the promises of a format", async (t) => {
  await using dir = await tempDir();
  await checkFormat(() => zipFormat.create(context()), {
    scratch: dir.path,
    step: (name, run) => t.step(name, run),
  });
});

Deno.test("zipFormat keeps the promises of a format, stored and encrypted", async (t) => {
  await using dir = await tempDir();
  await checkFormat(() => zipFormat.create(context({ store: true }, "correct horse")), {
    scratch: dir.path,
    step: (name, run) => t.step(name, run),
  });
});

Deno.test("zipFormat packs what the settings choose", async () => {
  const files = [textFile("database.sqlite", "rows"), textFile("files/a", "a")];
  const pack = async (
    settings: Record<string, boolean>,
  ): Promise<Readonly<Record<string, unknown>>> => {
    const format = await zipFormat.create(context(settings));
    const bytes = await new Response(await format.pack(files, {}, { signal })).bytes();
    return format.inspect(bytesBody(bytes), { signal });
  };
  const names = async (settings: Record<string, boolean>): Promise<string[]> =>
    Object.keys((await pack(settings)).entries ?? {});
  deepEqual(await names({}), ["database.sqlite", "files/a"]);
  deepEqual(await names({ includeFiles: false }), ["database.sqlite"]);
  deepEqual(await names({ includeDatabase: false }), ["files/a"]);
  const facts = await pack({ includeMetadata: false });
  deepEqual(facts, { inferred: true, fileCount: 2, totalFileSize: 5 });
});

Deno.test("zipFormat writes the facts in full", async () => {
  const format = await zipFormat.create(context({ level: 9 }));
  const facts = {
    createdAt: "2026-01-03T14:30:00.000Z",
    appVersion: "2.1.0",
    databaseVersion: 7,
    recordCount: { users: 3, spatial: null },
    reason: "manual",
  };
  const files = [textFile("database.sqlite", "rows"), textFile("files/a", "a")];
  const bytes = await new Response(await format.pack(files, facts, { signal })).bytes();
  const sha256 = "7af20eda04f52fd3eff14b7a1d7e82f2ca8ec9c5df5d5bf0f7be5d2a5ae87c7a";
  const found = await format.inspect(bytesBody(bytes), { signal });
  deepEqual({ ...found, checksum: undefined, entries: Object.keys(found.entries ?? {}) }, {
    ...facts,
    version: 1,
    fileCount: 2,
    totalFileSize: 5,
    checksum: undefined,
    compressionLevel: 9,
    includeFiles: true,
    includeDatabase: true,
    includeMetadata: true,
    entries: ["database.sqlite", "files/a"],
  });
  equal(String(found.checksum).length, sha256.length);
});

Deno.test("zipFormat refuses what goes beyond its limits", async () => {
  const bytes = await rawArchive([{ name: "a", text: "x".repeat(3_000_000) }, {
    name: "b",
    text: "y",
  }]);
  await using dir = await tempDir();
  for (const settings of [{ maxEntries: 1 }, { maxTotalSizeMB: 2 }]) {
    const format = await zipFormat.create(context(settings));
    await rejects(format.unpack(bytesBody(bytes), dir.path, { signal }), (error) => {
      equal(error instanceof TargetError && error.kind, "invalid");
      return true;
    });
  }
  deepEqual(await Array.fromAsync(Deno.readDir(dir.path)), []);
});
