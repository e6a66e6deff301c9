import { deepEqual, equal, rejects } from "node:assert/strict";
import { smallDisk } from "../../tests/support/small_disk.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { makePrivateDir, syncDir, writeFileAtomic, writeWhole } from "./atomic_file.ts";

/** The names in a folder. */
async function namesIn(path: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(path), (entry) => entry.name)).sort();
}

Deno.test("writeFileAtomic writes text, bytes and streams with mode 0600", async () => {
  await using dir = await tempDir();
  equal(await writeFileAtomic(dir.join("text"), "grün"), 5);
  equal(await writeFileAtomic(dir.join("bytes"), new Uint8Array(3)), 3);
  const stream = ReadableStream.from([new Uint8Array(2), new Uint8Array(0), new Uint8Array(4)]);
  equal(await writeFileAtomic(dir.join("stream"), stream), 6);
  deepEqual(await namesIn(dir.path), ["bytes", "stream", "text"]);
  equal(await Deno.readTextFile(dir.join("text")), "grün");
  const { mode } = await Deno.stat(dir.join("text"));
  if (Deno.build.os !== "windows") equal((mode ?? 0) & 0o777, 0o600);
});

Deno.test("writeFileAtomic replaces what was there", async () => {
  await using dir = await tempDir();
  await writeFileAtomic(dir.join("a"), "old and longer");
  await writeFileAtomic(dir.join("a"), "new");
  equal(await Deno.readTextFile(dir.join("a")), "new");
});

Deno.test("writeFileAtomic leaves nothing, and the old file, when the stream breaks", async () => {
  await using dir = await tempDir();
  await writeFileAtomic(dir.join("a"), "old");
  const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller): void {
      if (controller.desiredSize === 1) controller.enqueue(new Uint8Array(10));
      controller.error(new RangeError("broken"));
    },
  });
  await rejects(writeFileAtomic(dir.join("a"), broken), RangeError);
  deepEqual(await namesIn(dir.path), ["a"]);
  equal(await Deno.readTextFile(dir.join("a")), "old");
});

Deno.test("writeFileAtomic leaves nothing when it is aborted half way", async () => {
  await using dir = await tempDir();
  const abort = new AbortController();
  const reason = new Error("enough");
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => controller.enqueue(new Uint8Array(1000)),
    cancel: () => void (cancelled = true),
  });
  const writing = writeFileAtomic(dir.join("a"), endless, {
    signal: abort.signal,
    onProgress: (bytes) => bytes > 5000 && abort.abort(reason),
  });
  await rejects(writing, reason);
  deepEqual(await namesIn(dir.path), []);
  equal(cancelled, true);
});

Deno.test("writeFileAtomic shows the file only after beforeRename agreed", async () => {
  await using dir = await tempDir();
  const refused = writeFileAtomic(dir.join("a"), "abc", {
    beforeRename: async (size) => {
      equal(size, 3);
      equal((await namesIn(dir.path)).includes("a"), false);
      throw new RangeError("no");
    },
  });
  await rejects(refused, RangeError);
  deepEqual(await namesIn(dir.path), []);
});

Deno.test("writeFileAtomic names the file that was wanted, not the unfinished one", async () => {
  await using dir = await tempDir();
  await rejects(
    writeFileAtomic(dir.join("gone", "a"), "abc"),
    ({ message }: Error) => message.startsWith(`Cannot write "${dir.join("gone", "a")}": `),
  );
});

Deno.test("writeFileAtomic keeps the unfinished file in staging", async () => {
  await using dir = await tempDir();
  await makePrivateDir(dir.join("staging", "deep"));
  await writeFileAtomic(dir.join("a"), "abc", {
    staging: dir.join("staging", "deep"),
    beforeRename: async () => {
      deepEqual(await namesIn(dir.path), ["staging"]);
      equal((await namesIn(dir.join("staging", "deep"))).length, 1);
    },
  });
  deepEqual(await namesIn(dir.path), ["a", "staging"]);
  deepEqual(await namesIn(dir.join("staging", "deep")), []);
});

Deno.test("writeFileAtomic says NO_SPACE on a full disk and leaves nothing", async (t) => {
  await using disk = await smallDisk(64);
  await t.step({
    name: "on a disk of 64 KiB",
    ignore: disk === undefined,
    async fn(): Promise<void> {
      if (disk === undefined) return;
      await writeFileAtomic(`${disk.path}/a`, "old");
      await rejects(writeFileAtomic(`${disk.path}/a`, new Uint8Array(200_000)), {
        code: "NO_SPACE",
      });
      deepEqual(await namesIn(disk.path), ["a"]);
      equal(await Deno.readTextFile(`${disk.path}/a`), "old");
    },
  });
});

Deno.test("writeFileAtomic does not make the folder", async () => {
  await using dir = await tempDir();
  await rejects(writeFileAtomic(dir.join("no", "a"), "x"), { code: "BACKUP_FAILED" });
});

Deno.test("makePrivateDir makes folders that only their owner enters", async () => {
  await using dir = await tempDir();
  await makePrivateDir(dir.join("a", "b"));
  const { mode } = await Deno.stat(dir.join("a"));
  if (Deno.build.os !== "windows") equal((mode ?? 0) & 0o777, 0o700);
  await makePrivateDir(dir.join("a", "b"));
  await syncDir(dir.join("a"));
});

Deno.test("writeWhole goes on after the system took a part only", async () => {
  const taken: number[] = [];
  const file = {
    write(bytes: Uint8Array): Promise<number> {
      taken.push(...bytes.subarray(0, 3));
      return Promise.resolve(Math.min(3, bytes.length));
    },
  };
  await writeWhole(file, new Uint8Array([1, 2, 3, 4, 5, 6, 7]));
  deepEqual(taken, [1, 2, 3, 4, 5, 6, 7]);
  await rejects(writeWhole({ write: () => Promise.resolve(0) }, new Uint8Array(1)));
});
