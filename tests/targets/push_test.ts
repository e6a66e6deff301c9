import assert from "node:assert/strict";
import { deadlineTarget } from "../../core/extend/mod.ts";
import { faultyTarget } from "../../core/extend/testing.ts";
import { Catalog } from "../../core/catalog/catalog.ts";
import { copiesOf } from "../../core/targets/copies_table.ts";
import { offsiteAge, offsiteStates } from "../../core/targets/offsite.ts";
import { deleteCopies, listCopies, push, verifyCopies } from "../../mod.ts";
import { copyBench, replaced } from "../support/copy_bench.ts";

const noWait = { attempts: 2, sleep: (): Promise<void> => Promise.resolve() };

Deno.test("backup hands each target its copy with a record, and nothing is sent twice", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb");
  await using packed = await bench.open("packed", { codecs: ["zstd", "age"] });
  const { name, targets } = await bench.backup({ targets: [usb, packed] });

  assert.deepEqual(targets.map(({ target, ok }) => [target, ok]), [["usb", true], [
    "packed",
    true,
  ]]);
  const files = (await bench.names()).map((path) => path.replace(/^app-[0-9a-f-]{36}\//, ""));
  assert.deepEqual(
    files,
    [name, `${name}.json`, `${name}.zst.age`, `${name}.zst.age.json`].sort(),
  );
  const again = await push({ database: bench.database, targets: [usb, packed] });
  assert.deepEqual(again.targets.map(({ copies }) => copies.length), [0, 0]);
});

Deno.test("backup that is stopped while copies are sent keeps the backup; push sends them", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb");
  const stop = new AbortController();
  const place = replaced(usb, (target) => ({
    ...target,
    put(_key, _body, { signal }): Promise<void> {
      stop.abort(new DOMException("Stopped by a signal", "AbortError"));
      return Promise.reject(signal.reason);
    },
  }));
  const { id, targets } = await bench.backup({ targets: [place], signal: stop.signal });
  assert.deepEqual(targets.map(({ ok, error }) => [ok, error?.code]), [[false, "CANCELLED"]]);
  assert.match(targets[0]?.error?.hint ?? "", /holdfast push/);

  const late = push({ database: bench.database, targets: [place], signal: stop.signal });
  await assert.rejects(late, { code: "CANCELLED" });
  const sent = await push({ database: bench.database, targets: [usb] });
  assert.deepEqual(sent.targets[0]?.copies.map((copy) => copy.id), [id]);
});

Deno.test("push knows a copy that the catalog forgot, and sends what the target lost", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb");
  await bench.backup({ targets: [usb] });
  {
    using catalog = Catalog.openToWrite(bench.directory);
    catalog.query("DELETE FROM copies");
  }
  const known = await push({ database: bench.database, targets: [usb] });
  assert.deepEqual(known.targets[0]?.copies.map(({ already }) => already), [true]);

  for (const name of await bench.names()) {
    if (name.endsWith(".json")) await Deno.remove(`${bench.usb}/${name}`);
  }
  const sent = await push({ database: bench.database, targets: [usb] });
  assert.deepEqual(sent.targets[0]?.copies.map(({ already }) => already), [false]);
  assert.equal((await bench.names()).length, 2);
});

for (
  const fault of ["short_body", "full", "denied", "unavailable", "never_answers", "throws"] as const
) {
  Deno.test(`push leaves no half copy and harms nothing else where a target is ${fault}`, async () => {
    await using bench = await copyBench();
    await using usb = await bench.open("usb");
    await using zip = await bench.open("zip", {
      kind: "zip",
      settings: { folder: bench.join("usb") },
    });
    const place = replaced(
      usb,
      (target) => deadlineTarget(faultyTarget(target, fault), { deadlineMs: 100 }),
    );
    const { id } = await bench.backup();
    const result = await push({
      database: bench.database,
      targets: [place, zip],
      retry: noWait,
    });
    assert.deepEqual(result.targets.map(({ ok }) => ok), [false, true]);
    assert.equal(result.ok, false);
    const { copies } = await listCopies({ database: bench.database, target: usb });
    assert.deepEqual(copies, []);

    const healed = await push({ database: bench.database, targets: [usb] });
    assert.deepEqual(healed.targets[0]?.copies.map((copy) => copy.id), [id]);
    assert.equal(
      (await verifyCopies({ database: bench.database, target: usb, download: true })).ok,
      true,
    );
  });
}

Deno.test("push does not send a backup whose file was changed, but the others", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb");
  const first = await bench.backup();
  bench.write("second");
  const second = await bench.backup();
  const bytes = await Deno.readFile(second.path);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  await Deno.writeFile(second.path, bytes);

  const { targets: [target] } = await push({ database: bench.database, targets: [usb] });
  assert.equal(target?.ok, false);
  assert.equal(target?.error?.code, "BACKUP_INVALID");
  assert.deepEqual(target?.copies.map(({ id }) => id), [first.id]);
});

Deno.test("push keeps what the policy of the target keeps, whatever lies here", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb", {
    retention: { keepLast: 1, minKeep: 1 },
  });
  for (const text of ["second", "third"]) {
    await bench.backup({ targets: [usb] });
    bench.write(text);
  }
  const last = await bench.backup({ targets: [usb] });
  const { copies } = await listCopies({ database: bench.database, target: usb });
  assert.deepEqual(copies.map(({ id }) => id), [last.id]);
  assert.equal(last.targets[0]?.pruned.length, 1);
  using catalog = Catalog.openToRead(bench.directory);
  assert.ok(catalog);
  assert.equal(catalog.records().length, 3);
  assert.equal(copiesOf(catalog, "usb").length, 1);
  assert.deepEqual(offsiteStates(catalog).map(({ target, good, bad }) => [target, good, bad]), [
    ["usb", 1, 0],
  ]);
  const inAnHour = Temporal.Instant.from(last.createdAt).add({ hours: 1 });
  assert.equal(offsiteAge(catalog, inAnHour)?.total("minutes"), 60);
});

Deno.test("verifyCopies finds a flipped byte and a lost copy, and push makes both good", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb", { codecs: ["gzip"] });
  const first = await bench.backup({ targets: [usb] });
  bench.write("second");
  const second = await bench.backup({ targets: [usb] });
  assert.equal((await verifyCopies({ database: bench.database, target: usb })).ok, true);

  for (const name of await bench.names()) {
    const path = `${bench.usb}/${name}`;
    if (name.includes(first.name) && name.endsWith(".gz")) {
      const bytes = await Deno.readFile(path);
      bytes[40] = (bytes[40] ?? 0) ^ 1;
      await Deno.writeFile(path, bytes);
    }
    if (name.includes(second.name)) await Deno.remove(path);
  }
  const found = await verifyCopies({ database: bench.database, target: usb });
  assert.equal(found.ok, false);
  assert.deepEqual(found.copies.map(({ id, ok }) => [id, ok]), [[first.id, false]]);
  assert.deepEqual(found.gone, [second.name]);

  const { ok } = await push({ database: bench.database, targets: [usb] });
  assert.equal(ok, true);
  assert.equal((await verifyCopies({ database: bench.database, target: usb })).ok, true);
});

Deno.test("deleteCopies takes named copies, and the newest good one only when forced", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb");
  const first = await bench.backup({ targets: [usb] });
  bench.write("second");
  const second = await bench.backup({ targets: [usb] });
  const options = { database: bench.database, target: usb };
  await assert.rejects(deleteCopies({ ...options, backups: [second.id] }), { code: "USAGE" });
  await deleteCopies({ ...options, backups: [first.name] });
  assert.deepEqual((await listCopies(options)).copies.map(({ id }) => id), [second.id]);
  await deleteCopies({ ...options, backups: [second.id], force: true });
  assert.deepEqual(await bench.names(), []);
});
