import assert from "node:assert/strict";
import { faultyTarget } from "../../core/extend/testing.ts";
import {
  listBackups,
  listCopies,
  pull,
  rebuildFromTarget,
  restore,
  undo,
  verify,
} from "../../mod.ts";
import { copyBench, replaced, textsIn } from "../support/copy_bench.ts";

for (const codecs of [[], ["zstd"], ["zstd", "age"]]) {
  const words = codecs.join(" and ") || "nothing";
  Deno.test(`restore takes a copy that went through ${words}, and undo brings back`, async () => {
    await using bench = await copyBench();
    await using usb = await bench.open("usb", { codecs });
    const { id, path } = await bench.backup({ targets: [usb] });
    bench.write("second");
    await Deno.remove(path);

    const restored = await restore({ database: bench.database, from: { target: usb } });
    assert.equal(restored.id, id);
    assert.deepEqual(textsIn(bench.database), ["first"]);
    await undo({ database: bench.database });
    assert.deepEqual(textsIn(bench.database), ["first", "second"]);
  });
}

for (const fault of ["short_stream", "flipped_byte"] as const) {
  Deno.test(`restore changes nothing where the copy is a ${fault}`, async () => {
    await using bench = await copyBench();
    await using usb = await bench.open("usb", { codecs: ["zstd"] });
    await bench.backup({ targets: [usb] });
    bench.write("second");
    const bad = replaced(usb, (target) => ({
      ...faultyTarget(target, fault),
      get: (key, call) =>
        (key.endsWith(".json") ? target : faultyTarget(target, fault)).get(key, call),
    }));
    await assert.rejects(restore({ database: bench.database, from: { target: bad } }), {
      code: "BACKUP_INVALID",
    });
    assert.deepEqual(textsIn(bench.database), ["first", "second"]);
  });
}

Deno.test("restore goes on with a download that broke half way", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb");
  await bench.backup({ targets: [usb] });
  const breaking = replaced(usb, (target) => {
    const broken = faultyTarget(target, "broken_stream", { times: 1 });
    return {
      ...broken,
      get: (key, call) => (key.endsWith(".json") ? target : broken).get(key, call),
    };
  });
  const events: string[] = [];
  await restore({
    database: bench.database,
    from: { target: breaking },
    to: bench.join("copy.db"),
    onEvent: ({ type }) => events.push(type),
  });
  assert.ok(events.includes("retrying"));
  assert.deepEqual(textsIn(bench.join("copy.db")), ["first"]);
});

Deno.test("rebuildFromTarget brings an empty directory on a new machine to where it was", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb", { codecs: ["zstd", "age"] });
  await bench.backup({ targets: [usb], note: "for nobody's eyes" });
  bench.write("second");
  const second = await bench.backup({ targets: [usb] });
  const records = await Promise.all(
    (await bench.names()).filter((name) => name.endsWith(".json"))
      .map((name) => Deno.readTextFile(`${bench.usb}/${name}`)),
  );
  assert.doesNotMatch(records.join(""), /nobody|notes/);

  const database = bench.join("elsewhere", "app.db");
  await Deno.mkdir(bench.join("elsewhere"));
  const there = { database, target: usb };
  const { backups } = await rebuildFromTarget(there);
  assert.equal(backups.length, 2);
  await assert.rejects(rebuildFromTarget(there), { code: "DESTINATION_EXISTS" });

  await restore({ database, from: { target: usb } });
  assert.deepEqual(textsIn(database), ["first", "second"]);
  const pulled = await pull({ ...there, all: true });
  assert.deepEqual(pulled.backups.map(({ already }) => already), [false, false]);
  assert.equal((await verify({ database, all: true })).ok, true);
  assert.equal(
    (await listBackups({ database })).backups.find(({ id }) => id === second.id)?.status,
    "available",
  );

  // Backups go on under the same prefix.
  const { prefix } = await listCopies({ database: bench.database, target: usb });
  assert.equal((await listCopies(there)).prefix, prefix);
});

Deno.test("pull fetches only what is missing, and by name", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb");
  const { path, name } = await bench.backup({ targets: [usb] });
  const options = { database: bench.database, target: usb, backups: [name] };
  assert.deepEqual((await pull(options)).backups.map(({ already }) => already), [true]);
  await Deno.remove(path);
  assert.deepEqual((await pull(options)).backups.map(({ already }) => already), [false]);
  assert.equal((await verify({ database: bench.database })).ok, true);
  await assert.rejects(pull({ ...options, backups: ["1999"] }), { code: "BACKUP_NOT_FOUND" });
});

Deno.test("restore takes a copy on a new machine that has no backup directory", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb", { codecs: ["zstd"] });
  await bench.backup({ targets: [usb] });
  await Deno.mkdir(bench.join("new"));
  const database = bench.join("new", "app.db");
  await restore({ database, from: { target: usb } });
  assert.deepEqual(textsIn(database), ["first"]);
});

Deno.test("copies of another database are nobody's until they are named", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb");
  await bench.backup({ targets: [usb] });
  const database = bench.join("other.db");
  await Deno.copyFile(bench.database, database);
  const options = { database, directory: bench.join("other.backups"), target: usb };
  const refused = { code: "USAGE", message: /Cannot find copies of "other": .* app-/ };
  await assert.rejects(pull(options), refused);
  await assert.rejects(listCopies(options), refused);
  await assert.rejects(rebuildFromTarget(options), refused);
  const { directory } = options;
  await assert.rejects(restore({ database, directory, from: { target: usb } }), refused);
  assert.deepEqual((await listBackups({ database, directory })).backups, []);
  const { backups } = await pull({ ...options, copies: "app-" });
  assert.equal(backups.length, 1);
});

Deno.test("copies are found by a name with a dash in it, and with letters that no key takes", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb");
  await bench.backup({ targets: [usb] });
  for (const name of ["app-old", "Bücher 2"]) {
    const database = bench.join(`${name}.db`);
    await Deno.copyFile(bench.database, database);
    await bench.backup({ database, directory: bench.join(name), targets: [usb] });
    const { copies } = await listCopies({ database, directory: bench.join("none"), target: usb });
    assert.equal(copies.length, 1, name);
  }
  const there = { database: bench.database, directory: bench.join("none"), target: usb };
  assert.equal((await listCopies(there)).copies.length, 1);
});
