import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { bytesBody, fileStateStore, type StateStore, type Target } from "../../core/extend/mod.ts";
import { checkTarget } from "../../core/extend/testing.ts";
import { smallDisk } from "../../tests/support/small_disk.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";
import folder, { folderTarget } from "./mod.ts";

const { signal } = new AbortController();
const body = bytesBody(new Uint8Array(10));

/** A state that is gone with the process. */
function state(): StateStore {
  const values = new Map<string, string>();
  return {
    get: (key) => Promise.resolve(values.get(key)),
    set: (key, value) => Promise.resolve(void values.set(key, value)),
    delete: (key) => Promise.resolve(void values.delete(key)),
  };
}

/** The keys that a target lists. */
async function keys(target: Target): Promise<string[]> {
  return (await Array.fromAsync(target.list("", { signal }), ({ key }) => key)).sort();
}

Deno.test("folderTarget keeps the promises of a target", async (t) => {
  await using dir = await tempDir();
  await Deno.mkdir(dir.join("real"));
  await Deno.symlink(dir.join("real"), dir.join("link"));
  const kept = state();
  await checkTarget(() => folderTarget({ path: dir.join("link"), state: kept }), {
    step: async (name, run) => void await t.step(name, run),
  });
});

Deno.test("folderTarget writes files that only their owner reads, with plain names", async () => {
  await using dir = await tempDir();
  const target = folderTarget({ path: dir.join("new"), state: state() });
  await target.put("app-1/2026-01-03_14-30-00.db.zst", body, { signal });
  const { mode, size } = await Deno.stat(dir.join("new", "app-1", "2026-01-03_14-30-00.db.zst"));
  equal(size, 10);
  if (Deno.build.os !== "windows") equal((mode ?? 0) & 0o777, 0o600);
});

Deno.test("folderTarget leaves no empty folders, also where a removal comes between the steps of a put", async () => {
  await using dir = await tempDir();
  const target = folderTarget({ path: dir.join("usb"), state: state() });
  for (const key of ["a/b/one", "a/b/two", "a/three"]) await target.put(key, body, { signal });
  await target.remove("a/b/one", { signal });
  deepEqual(await keys(target), ["a/b/two", "a/three"]);
  await target.remove("a/b/two", { signal });
  deepEqual(Deno.readDirSync(dir.join("usb", "a")).map(({ name }) => name).toArray(), ["three"]);
  await target.remove("a/three", { signal });
  deepEqual(Deno.readDirSync(dir.join("usb")).map(({ name }) => name).toArray(), [
    ".holdfast-target.json",
  ]);
  const broken = { ...body, size: 11 };
  await rejects(target.put("b/short", broken, { signal }));
  deepEqual(Deno.readDirSync(dir.join("usb")).map(({ name }) => name).toArray(), [
    ".holdfast-target.json",
  ]);
  let isTidied = false;
  const slow = {
    ...body,
    stream: () => {
      if (!isTidied) Deno.removeSync(dir.join("usb", "a"));
      isTidied = true;
      return body.stream();
    },
  };
  await target.put("a/four", slow, { signal });
  ok(isTidied);
  deepEqual(await keys(target), ["a/four"]);
});

Deno.test("folderTarget never fills an empty mount point", async () => {
  await using dir = await tempDir();
  const kept = fileStateStore(dir.join("state.json"));
  const path = dir.join("usb");
  await folderTarget({ path, state: kept }).put("a/b.db", body, { signal });
  await Deno.rename(path, dir.join("away"));
  const target = folderTarget({ path, state: kept });
  await rejects(target.put("a/c.db", body, { signal }), { kind: "unavailable" });
  equal((await Array.fromAsync(Deno.readDir(dir.path))).some(({ name }) => name === "usb"), false);
  await Deno.mkdir(path);
  await rejects(target.put("a/c.db", body, { signal }), { kind: "unavailable" });
  await rejects(target.stat("a/b.db", { signal }), { kind: "unavailable" });
  await rejects(keys(target), { kind: "unavailable" });
  deepEqual(await Array.fromAsync(Deno.readDir(path)), []);
  await Deno.remove(path);
  await Deno.rename(dir.join("away"), path);
  await target.put("a/c.db", body, { signal });
  deepEqual(await keys(target), ["a/b.db", "a/c.db"]);
});

Deno.test("folderTarget notices that the drive goes away while it writes", async () => {
  await using dir = await tempDir();
  const path = dir.join("usb");
  const target = folderTarget({ path, state: state() });
  await target.put("a/b.db", body, { signal });
  const going = {
    ...body,
    stream: () =>
      new ReadableStream<Uint8Array<ArrayBuffer>>({
        async pull(controller): Promise<void> {
          await Deno.remove(`${path}/.holdfast-target.json`);
          controller.enqueue(new Uint8Array(10));
          controller.close();
        },
      }, { highWaterMark: 0 }),
  };
  await rejects(target.put("a/c.db", going, { signal }), { kind: "unavailable" });
  const names = await Array.fromAsync(Deno.readDir(`${path}/a`), ({ name }) => name);
  deepEqual(names, ["b.db"]);
});

Deno.test("folderTarget refuses another drive until it is disconnected", async () => {
  await using dir = await tempDir();
  const kept = state();
  const path = dir.join("usb");
  const target = folderTarget({ path, state: kept });
  await folderTarget({ path: dir.join("other"), state: state() }).put("x/y.db", body, { signal });
  await target.put("a/b.db", body, { signal });
  await Deno.rename(path, dir.join("away"));
  await Deno.rename(dir.join("other"), path);
  await rejects(target.put("a/c.db", body, { signal }), { kind: "denied" });
  await rejects(target.get("x/y.db", { signal }), { kind: "denied" });
  await folder.targets?.folder?.disconnect?.({
    name: "usb",
    settings: { path },
    secrets: { get: () => Promise.resolve(undefined) },
    state: kept,
    signal,
  });
  deepEqual(await keys(target), ["x/y.db"]);
});

Deno.test("folderTarget knows a used drive on a new machine", async () => {
  await using dir = await tempDir();
  await folderTarget({ path: dir.join("usb"), state: state() }).put("a/b.db", body, { signal });
  const target = folderTarget({ path: dir.join("usb"), state: state() });
  deepEqual(await keys(target), ["a/b.db"]);
});

Deno.test("folderTarget lists nothing but its own objects", async () => {
  await using dir = await tempDir();
  const target = folderTarget({ path: dir.path, state: state() });
  await target.put("a/b.db", body, { signal });
  await Deno.writeTextFile(dir.join("a", ".unfinished-x"), "left of a kill");
  await Deno.writeTextFile(dir.join(".DS_Store"), "x");
  await Deno.symlink(dir.join("a"), dir.join("loop"));
  deepEqual(await keys(target), ["a/b.db"]);
  await rejects(target.get("loop/../a", { signal }));
});

Deno.test("folderTarget sweeps what a kill left long ago", async () => {
  await using dir = await tempDir();
  await Deno.mkdir(dir.join("a"));
  for (const name of ["old", "new"]) {
    await Deno.writeTextFile(dir.join("a", `.unfinished-${name}`), "");
  }
  await Deno.utime(dir.join("a", ".unfinished-old"), 1000, 1000);
  await folderTarget({ path: dir.path, state: state() }).put("a/b.db", body, { signal });
  const names = await Array.fromAsync(Deno.readDir(dir.join("a")), ({ name }) => name);
  deepEqual(names.sort(), [".unfinished-new", "b.db"]);
});

Deno.test("folderTarget wants something mounted where it is told so", async (t) => {
  await using dir = await tempDir();
  const unmounted = folderTarget({ path: dir.path, mountPoint: dir.path, state: state() });
  await rejects(unmounted.put("a/b.db", body, { signal }), { kind: "unavailable" });
  await using disk = await smallDisk(256);
  await t.step({
    name: "and is full when the disk is, with nothing left",
    ignore: disk === undefined,
    async fn(): Promise<void> {
      const path = disk?.path ?? "";
      const target = folderTarget({ path: `${path}/copies`, mountPoint: path, state: state() });
      await target.put("a/b.db", body, { signal });
      const large = bytesBody(new Uint8Array(400_000));
      await rejects(target.put("a/c.db", large, { signal }), { kind: "full" });
      deepEqual(await keys(target), ["a/b.db"]);
      const quota = await target.quota?.({ signal });
      equal(quota?.total, 256 * 1024);
      ok((quota?.free ?? 0) > 0);
    },
  });
});

Deno.test("folderTarget is denied where it may not write", async (t) => {
  await using dir = await tempDir();
  await t.step({
    name: "as a user that is not root",
    ignore: Deno.build.os === "windows" || Deno.uid() === 0,
    async fn(): Promise<void> {
      await Deno.mkdir(dir.join("closed"), { mode: 0o500 });
      const target = folderTarget({ path: dir.join("closed"), state: state() });
      await rejects(target.put("a/b.db", body, { signal }), { kind: "denied" });
    },
  });
  const file = folderTarget({ path: dir.join("file"), state: state() });
  await Deno.writeTextFile(dir.join("file"), "");
  await rejects(file.put("a/b.db", body, { signal }));
});
