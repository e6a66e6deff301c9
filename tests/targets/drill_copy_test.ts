import assert from "node:assert/strict";
import { drillCopy, push } from "../../mod.ts";
import { Catalog } from "../../core/catalog/catalog.ts";
import { copiesOf } from "../../core/targets/copies_table.ts";
import { copyBench } from "../support/copy_bench.ts";

Deno.test("drillCopy restores a copy into a scratch file, and notes a bad one for the next push", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb", { codecs: ["gzip"] });
  const { id, name } = await bench.backup({ targets: [usb] });
  const states = (): readonly string[] => {
    using catalog = Catalog.openToRead(bench.directory);
    return catalog === undefined ? [] : copiesOf(catalog, "usb").map(({ state }) => state);
  };
  const options = { database: bench.database, target: usb };

  const good = await drillCopy({ ...options, expectTables: ["notes"] });
  assert.deepEqual([good.id, good.ok, good.proof, good.faults], [id, true, "drilled", []]);
  assert.ok(good.times !== undefined && good.path.endsWith(`/${name}.gz`));
  // What is missing is missing in the backup: sending its bytes again would not help.
  assert.equal((await drillCopy({ ...options, expectTables: ["works"] })).ok, false);
  assert.deepEqual(states(), ["stored"]);

  const artifact = (await bench.names()).find((each) => each.endsWith(".gz")) ?? "";
  const bytes = await Deno.readFile(`${bench.usb}/${artifact}`);
  bytes[40] = (bytes[40] ?? 0) ^ 1;
  await Deno.writeFile(`${bench.usb}/${artifact}`, bytes);
  const bad = await drillCopy(options);
  assert.deepEqual([bad.id, bad.ok, bad.faults.length], [id, false, 1]);
  assert.deepEqual(states(), ["bad"]);
  {
    using catalog = Catalog.openToRead(bench.directory);
    const ends = catalog?.query("SELECT outcome FROM runs WHERE job = 'drill' ORDER BY rowid");
    assert.deepEqual(ends?.map(({ outcome }) => outcome), ["done", "failed", "failed"]);
  }
  assert.deepEqual(await Array.fromAsync(Deno.readDir(`${bench.directory}/.staging`)), []);

  await push({ database: bench.database, targets: [usb] });
  assert.equal((await drillCopy(options)).ok, true);
});
