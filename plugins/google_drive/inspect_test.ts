import { deepEqual, equal, match } from "node:assert/strict";
import { bytesBody } from "../../core/extend/body.ts";
import { randomBytes } from "../../core/extend/checks/target_bench.ts";
import { createHash } from "node:crypto";
import type { FakeFile } from "./testing/fake_files.ts";
import { type DriveBench, driveBench } from "./testing/drive_bench.ts";

/** An instance with the objects `a` and `b`, and their files. */
async function benchWithFiles() {
  const bench = await driveBench();
  const target = await bench.target();
  for (const key of ["a", "b"]) {
    const bytes = randomBytes(10);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await target.put(key, bytesBody(bytes), { signal: bench.signal, sha256 });
  }
  return bench;
}

/** The file for a key. */
function fileOf({ fake }: DriveBench, key: string): FakeFile {
  const file = [...fake.files.all.values()].find(({ name }) => name === key);
  if (file === undefined) throw new Error(`no file "${key}"`);
  return file;
}

/** What is found, in short. */
async function found({ kind, context }: DriveBench): Promise<readonly string[]> {
  const findings = await kind.inspect(context, { expected: ["a", "b"] });
  return findings.map((one) => one.key === undefined ? one.kind : `${one.kind} ${one.key}`);
}

Deno.test("inspect finds nothing where nobody did anything", async () => {
  await using bench = await benchWithFiles();
  deepEqual(await found(bench), []);
  deepEqual(bench.fake.violations, []);
});

Deno.test("inspect tells what a person did to files", async () => {
  await using bench = await benchWithFiles();
  const [a, b] = [fileOf(bench, "a"), fileOf(bench, "b")];
  a.name = "old backup";
  deepEqual(await found(bench), ["renamed a"]);
  a.parents = ["root-folder"];
  deepEqual(await found(bench), ["renamed a", "moved a"]);
  b.trashed = true;
  deepEqual(await found(bench), ["renamed a", "moved a", "trashed b"]);
  bench.fake.files.delete(b.id);
  deepEqual(await found(bench), ["renamed a", "moved a", "missing b"]);
  a.name = "a";
  a.parents = fileOf(bench, "a").parents;
  bench.fake.files.copyByPerson(a.id, "Copy of a");
  deepEqual(await found(bench), ["moved a", "copied a", "missing b"]);
});

Deno.test("inspect tells bytes that are not those that were put", async () => {
  await using bench = await benchWithFiles();
  fileOf(bench, "a").sha256 = "0".repeat(64);
  deepEqual(await found(bench), ["changed a"]);
});

Deno.test("inspect does not take holdfast's own removals for a person's", async () => {
  await using bench = await benchWithFiles();
  await (await bench.target()).remove("a", bench);
  deepEqual(await bench.kind.inspect(bench.context), []);
});

Deno.test("inspect tells twins of two machines", async () => {
  await using bench = await benchWithFiles();
  const a = fileOf(bench, "a");
  const [id = ""] = bench.fake.files.generateIds(1);
  const appProperties = { ...a.appProperties, holdfastId: id };
  bench.fake.files.all.set(id, { ...a, id, appProperties });
  deepEqual(await found(bench), ["twin a"]);
  await (await bench.target()).remove("a", bench);
  deepEqual(await found(bench), []);
});

Deno.test("inspect tells what became of the folder", async () => {
  await using bench = await benchWithFiles();
  const folder = fileOf(bench, "holdfast");
  folder.name = "backups";
  deepEqual(await found(bench), ["folder_renamed"]);
  for (const file of [folder, fileOf(bench, "a"), fileOf(bench, "b")]) file.trashed = true;
  deepEqual(await found(bench), ["folder_trashed"], "its files went along");
  bench.fake.files.delete(folder.id);
  deepEqual(await found(bench), ["folder_missing"]);
});

Deno.test("inspect tells a clock that is wrong", async () => {
  await using bench = await benchWithFiles();
  bench.fake.dateOffset = 3600;
  const [finding] = await bench.kind.inspect(bench.context);
  equal(finding?.kind, "clock");
  match(finding?.message ?? "", /60 minutes behind/);
});

Deno.test("inspect tells an account that is nearly full", async () => {
  await using bench = await benchWithFiles();
  for (let day = 0; day < 5; day++) {
    bench.fake.now = bench.fake.now.add({ hours: 24 });
    await (await bench.target()).put(`${day}`, bytesBody(randomBytes(100_000)), bench);
    await bench.kind.describe(bench.context);
  }
  bench.fake.files.limit = 1_000_000;
  const [finding] = await bench.kind.inspect(bench.context);
  equal(finding?.kind, "nearly_full");
  match(finding?.message ?? "", /full around 2026-01-1\d/);
  const { forecast } = await bench.kind.describe(bench.context);
  equal((forecast?.bytesPerDay ?? 0) > 50_000, true);
});

Deno.test("inspect tells that Google does not answer, and a dead sign-in once", async () => {
  await using bench = await benchWithFiles();
  for (let at = 0; at < 6; at++) bench.fake.faults.add({ step: "about", fault: { is: "drop" } });
  deepEqual(await found(bench), ["unreachable"]);
  bench.fake.oauth.endAll();
  deepEqual(await found(bench), ["token_dead"]);
  deepEqual(await found(bench), ["token_dead"]);
});

Deno.test("inspect tells an API that is off", async () => {
  await using bench = await benchWithFiles();
  const off = { is: "status", status: 403, reason: "accessNotConfigured" } as const;
  bench.fake.faults.add({ step: "about", fault: off });
  const [finding] = await bench.kind.inspect(bench.context);
  match(finding?.hint ?? "", /Enable it at/);
});
