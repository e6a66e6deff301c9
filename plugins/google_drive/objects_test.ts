import { deepEqual, equal, rejects } from "node:assert/strict";
import { bytesBody } from "../../core/extend/body.ts";
import { type DriveBench, driveBench } from "./testing/drive_bench.ts";
import type { Target } from "../../core/extend/target.ts";

const body = bytesBody(new Uint8Array(10));

async function keys(target: Target, bench: DriveBench, prefix = ""): Promise<readonly string[]> {
  return (await Array.fromAsync(target.list(prefix, bench), ({ key }) => key)).sort();
}

Deno.test("list reads page by page", async () => {
  await using bench = await driveBench({ runtime: { pageSize: 3 } });
  const target = await bench.target();
  for (let at = 0; at < 8; at++) await target.put(`db-1/${at}`, body, bench);
  bench.fake.seen.splice(0);
  equal((await keys(await bench.target(), bench)).length, 8);
  equal(bench.fake.count("list"), 3);
});

Deno.test("list asks only for the group that the prefix names", async () => {
  await using bench = await driveBench();
  const target = await bench.target();
  for (const key of ["db-1/a", "db-1/b", "db-2/a"]) await target.put(key, body, bench);
  deepEqual(await keys(target, bench, "db-1/"), ["db-1/a", "db-1/b"]);
  deepEqual(await keys(target, bench, "db-"), ["db-1/a", "db-1/b", "db-2/a"]);
});

Deno.test("list, stat and get know what was put before Google's index does", async () => {
  await using bench = await driveBench();
  const target = await bench.target();
  bench.fake.files.lagging = true;
  await target.put("a", body, bench);
  deepEqual(await keys(target, bench), ["a"]);
  equal((await target.stat("a", bench))?.size, 10);
  equal((await (await bench.target()).stat("a", bench))?.size, 10, "in a later process");
  await target.put("a", body, bench);
  equal(bench.fake.count("upload_simple"), 2);
  equal([...bench.fake.files.all.values()].filter(({ size }) => size === 10).length, 1);
  await target.remove("a", bench);
  deepEqual(await keys(target, bench), []);
});

Deno.test("objects are found after a person renamed and moved them", async () => {
  await using bench = await driveBench();
  await (await bench.target()).put("a", body, bench);
  for (const file of bench.fake.files.all.values()) {
    if (file.name === "a") Object.assign(file, { name: "my copy", parents: ["root-folder"] });
  }
  await using other = await driveBench({ fake: bench.fake });
  const target = await other.target();
  deepEqual(await keys(target, other), ["a"]);
  equal((await target.stat("a", other))?.size, 10);
});

Deno.test("copies that a person made are no objects, and removing leaves them alone", async () => {
  await using bench = await driveBench();
  const target = await bench.target();
  await target.put("a", body, bench);
  const id = bench.values.get([...bench.values.keys()].find((key) => key.startsWith("id:")) ?? "");
  const copy = bench.fake.files.copyByPerson(id ?? "", "Copy of a");
  equal((await keys(target, bench)).length, 1);
  await target.remove("a", bench);
  deepEqual(await keys(target, bench), []);
  equal(copy.trashed, false);
});

Deno.test("remove goes to the bin, or is for good, as the setting says", async () => {
  await using bench = await driveBench();
  const target = await bench.target();
  await target.put("a", body, bench);
  await target.remove("a", bench);
  equal((await target.quota(bench)).trash, 10);

  const settings = { ...bench.context.settings, removal: "forever" };
  const hard = await bench.kind.create({ ...bench.context, settings });
  await hard.put("b", body, bench);
  await hard.remove("b", bench);
  equal((await target.quota(bench)).used, 10);
});

Deno.test("remove believes no portal", async () => {
  await using bench = await driveBench();
  const target = await bench.target();
  await target.put("a", body, bench);
  bench.fake.faults.add({ step: "update", fault: { is: "portal" } });
  await target.remove("a", bench);
  equal(bench.fake.count("update"), 2);
  deepEqual(await keys(await bench.target(), bench), []);
});

Deno.test("targets with folders of their own do not see each other", async () => {
  await using one = await driveBench();
  await using two = await driveBench({ fake: one.fake, settings: { folder: "second" } });
  await (await one.target()).put("a", body, one);
  deepEqual(await keys(await two.target(), two), []);
  await (await two.target()).remove("a", two);
  deepEqual(await keys(await one.target(), one), ["a"]);
});

Deno.test("the folder is made once, also when its making goes wrong", async () => {
  await using bench = await driveBench({ signedOut: true });
  bench.fake.faults.add(
    { step: "create", fault: { is: "drop", after: true } },
    { step: "create", fault: { is: "status", status: 503 } },
  );
  await bench.kind.connect?.(bench.context, bench.ui);
  equal([...bench.fake.files.all.values()].filter(({ name }) => name === "holdfast").length, 1);
  deepEqual(bench.fake.violations, []);
});

Deno.test("two folders of one name are not guessed between", async () => {
  await using bench = await driveBench();
  const { folder } = await bench.kind.describe(bench.context);
  const [id = ""] = bench.fake.files.generateIds(1);
  const first = bench.fake.files.get(folder.id ?? "");
  const appProperties = { ...first.appProperties, holdfastId: id };
  bench.fake.files.all.set(id, { ...first, id, appProperties });
  await using other = await driveBench({ fake: bench.fake, signedOut: true });
  await rejects(async () => await other.kind.connect?.(other.context, other.ui), {
    kind: "invalid",
    hint: new RegExp(`folderId.*${id}`),
  });
  const context = { ...other.context, settings: { ...other.context.settings, folderId: id } };
  await other.kind.connect?.(context, other.ui);
  equal((await other.kind.describe(context)).folder.id, id);
});
