import { deepEqual, equal, rejects } from "node:assert/strict";
import { type Body, bytesBody, TargetError } from "../../core/extend/mod.ts";
import { inspectArchive } from "./inspect_archive.ts";
import { packArchive } from "./pack_archive.ts";
import { packed, signal, textFile } from "./testing/archives.ts";

/** A body whose stream tells when it is left. */
function watchedBody(size: number): { readonly body: Body; readonly left: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stream = (): ReadableStream<Uint8Array<ArrayBuffer>> =>
    new ReadableStream({
      pull: (controller) => controller.enqueue(crypto.getRandomValues(new Uint8Array(60_000))),
      cancel: () => resolve(),
    });
  return { body: { size, stream, slice: () => bytesBody(new Uint8Array(0)) }, left: promise };
}

Deno.test("packArchive makes the same bytes of the same files", async () => {
  const files = [textFile("database.sqlite", "rows"), textFile("files/a", "a")];
  deepEqual(await packed(files), await packed(files));
});

Deno.test("packArchive keeps the times of the files", async () => {
  const modifiedAt = Temporal.Instant.from("2026-01-03T14:30:01Z");
  const bytes = await packed([{ ...textFile("files/a", "a"), modifiedAt }]);
  const { entries } = await inspectArchive(bytesBody(bytes), { signal });
  equal(entries[0]?.modifiedAt.toString(), modifiedAt.toString());
});

Deno.test("packArchive refuses names that could not be unpacked everywhere", async () => {
  for (
    const names of [["../a"], ["/a"], ["a\\b"], ["A", "a"], ["backup-metadata.json"], [
      "database.sqlite",
      "database.sqlite-wal",
    ]]
  ) {
    await rejects(packed(names.map((name) => textFile(name, ""))), (error) => {
      equal(error instanceof TargetError && error.kind, "invalid", names.join());
      return true;
    });
  }
});

Deno.test("packArchive leaves its source when its reader leaves", async () => {
  const { body, left } = watchedBody(1e9);
  const reader = packArchive([{ name: "database.sqlite", body }], {}, { signal }).getReader();
  for (let seen = 0; seen < 100_000;) seen += (await reader.read()).value?.length ?? 100_000;
  await reader.cancel();
  await left;
});

Deno.test("packArchive stops with the reason of its signal and leaves its source", async () => {
  const { body, left } = watchedBody(1e9);
  const abort = new AbortController();
  const options = {
    signal: abort.signal,
    onProgress: (bytes: number) => bytes > 6_000_000 && abort.abort(new RangeError("given up")),
  };
  const stream = packArchive([{ name: "database.sqlite", body }], {}, options);
  await rejects(Array.fromAsync(stream), RangeError);
  await left;
});

Deno.test("packArchive tells its progress up to the end", async () => {
  const told: number[] = [];
  const body = bytesBody(new Uint8Array(3_500_000));
  const onProgress = (bytes: number): void => void told.push(bytes);
  await packed([{ name: "database.sqlite", body }], { onProgress });
  deepEqual(told, told.toSorted((a, b) => a - b));
  equal(told.at(-1), 3_500_000);
});
