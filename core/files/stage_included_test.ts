import { deepEqual, equal, rejects } from "node:assert/strict";
import { createHash } from "node:crypto";
import { type TempDir, tempDir } from "../../tests/support/temp_dir.ts";
import type { IncludedFile } from "./included_files.ts";
import { stageIncludedFiles } from "./stage_included.ts";

const { signal } = new AbortController();

/** A file that was found before the snapshot. */
async function found(dir: TempDir, name: string, text: string): Promise<IncludedFile> {
  await Deno.mkdir(dir.join("home"), { recursive: true });
  const path = dir.join("home", name);
  await Deno.writeTextFile(path, text);
  const { size, mtime } = await Deno.stat(path);
  return { name, path, size, modifiedMs: mtime?.getTime() ?? 0 };
}

Deno.test("stageIncludedFiles copies the files as they are now", async () => {
  await using dir = await tempDir();
  const file = await found(dir, "a.txt", "before");
  await Deno.writeTextFile(file.path, "after the snapshot");
  let told = 0;
  const { files, skipped } = await stageIncludedFiles(
    [{ ...file, name: "docs/a.txt" }],
    dir.join("into"),
    {
      signal,
      onProgress: (bytes) => told = bytes,
    },
  );
  deepEqual(skipped, []);
  const [staged] = files;
  equal(staged?.staged, dir.join("into/docs/a.txt"));
  equal(await Deno.readTextFile(staged?.staged ?? ""), "after the snapshot");
  equal(staged?.sha256, createHash("sha256").update("after the snapshot").digest("hex"));
  equal(staged?.size, 18);
  equal(staged?.unsettled, false);
  equal(told, 18);
});

/** A signal that is asked between two reads: there the application writes to the file. */
function writing(path: string, times: number): AbortSignal {
  let left = times;
  return Object.assign(new AbortController().signal, {
    throwIfAborted: (): void => {
      if (left-- > 0) Deno.writeTextFileSync(path, "!", { append: true });
    },
  });
}

Deno.test("stageIncludedFiles reads a file again that changed while it was read", async () => {
  await using dir = await tempDir();
  const file = await found(dir, "a", "rows");
  // Once before it is opened and once while it is read.
  const { files } = await stageIncludedFiles([file], dir.join("into"), {
    signal: writing(file.path, 2),
  });
  equal(await Deno.readTextFile(dir.join("into/a")), "rows!!");
  equal(files[0]?.sha256, createHash("sha256").update("rows!!").digest("hex"));
  equal(files[0]?.unsettled, false);
});

Deno.test("stageIncludedFiles tells a file that never rests", async () => {
  await using dir = await tempDir();
  const file = await found(dir, "log", "rows");
  const { files } = await stageIncludedFiles([file], dir.join("into"), {
    signal: writing(file.path, Infinity),
  });
  equal(files[0]?.unsettled, true);
});

Deno.test("stageIncludedFiles tells what vanished or became a link since", async () => {
  await using dir = await tempDir();
  const [gone, link] = [await found(dir, "gone", "1"), await found(dir, "link", "2")];
  await Deno.remove(gone.path);
  await Deno.remove(link.path);
  await Deno.symlink("/etc/hostname", link.path);
  deepEqual(await stageIncludedFiles([gone, link], dir.join("into"), { signal }), {
    files: [],
    skipped: [{ name: "gone", why: "missing" }, { name: "link", why: "link" }],
  });
});

Deno.test("stageIncludedFiles stops when it is aborted", async () => {
  await using dir = await tempDir();
  const file = await found(dir, "a", "1");
  const given = AbortSignal.abort(new RangeError("given up"));
  await rejects(stageIncludedFiles([file], dir.join("into"), { signal: given }), RangeError);
});
