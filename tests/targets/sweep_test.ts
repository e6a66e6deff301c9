import assert from "node:assert/strict";
import { bytesBody, memoryTarget, type Target, TargetError } from "../../core/extend/mod.ts";
import { Catalog } from "../../core/catalog/catalog.ts";
import {
  type Clock,
  deleteBackups,
  type HoldfastEvent,
  listCopies,
  type OpenTarget,
  push,
  systemClock,
} from "../../mod.ts";
import { type CopyBench, copyBench, replaced } from "../support/copy_bench.ts";
import { SteppedTime } from "../support/stepped_time.ts";
import { keysOf } from "../support/target_content.ts";

const { signal } = new AbortController();
const noon = "2026-01-03T12:00:00Z";

Deno.test("push sweeps only what is named like a deleted backup, old, without a record and no copy", async () => {
  await using bench = await copyBench();
  const clock = new SteppedTime(noon);
  const memory = memoryTarget({ now: () => clock.now() });
  await using usb = await bench.open("usb");
  const place = replaced(usb, () => memory);
  const gone = await neverSent(bench, clock);
  await bench.backup({ targets: [place], clock });
  const prefix = (await keysOf(memory))[0]?.split("/")[0];

  const kept = [
    `${prefix}/2025-12-24_12-00-00.db`, // of a backup that the catalog does not know
    `${prefix}/${gone}.zst.json`, // a record without its copy
    `${prefix}/notes.db`,
    `${prefix}/${gone}2`,
    `${prefix}/deeper/${gone}`,
    `other-${prefix}/${gone}`,
    gone,
  ];
  const orphan = `${prefix}/${gone}.zst.age`;
  for (const key of [...kept, orphan]) {
    await memory.put(key, bytesBody(new Uint8Array(7)), { signal });
  }

  clock.set("2026-01-04T12:00:00Z");
  assert.deepEqual((await pushed(bench, place, clock)).swept, [], "a day old to the second");
  clock.set("2026-01-04T12:00:01Z");
  await memory.put(`${prefix}/${gone}`, bytesBody(new Uint8Array(7)), { signal });
  const before = await keysOf(memory);
  const { ok, swept } = await pushed(bench, place, clock);
  assert.deepEqual([ok, swept], [true, [{ key: orphan, size: 7 }]]);
  assert.deepEqual(await keysOf(memory), before.filter((key) => key !== orphan));
});

Deno.test("push sweeps nothing where the place tells no time, or the clock of the place is ahead", async () => {
  for (
    const now of [undefined, (): Temporal.Instant => Temporal.Instant.from("2030-01-01T00:00Z")]
  ) {
    await using bench = await copyBench();
    const clock = new SteppedTime(noon);
    const memory = memoryTarget({ now });
    await using usb = await bench.open("usb");
    const place = replaced(usb, () => memory);
    const gone = await neverSent(bench, clock);
    await bench.backup({ targets: [place], clock });
    const prefix = (await keysOf(memory))[0]?.split("/")[0];
    await memory.put(`${prefix}/${gone}`, bytesBody(new Uint8Array(7)), { signal });
    clock.set("2026-06-01T12:00:00Z");
    assert.deepEqual((await pushed(bench, place, clock)).swept, []);
  }
});

Deno.test("push clears up after an upload whose backup is gone since, in a folder, and logs it", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb");
  // Killed after the copy was visible, before its record was written.
  const killed = replaced(usb, (target) => ({
    ...verbsOf(target),
    put: (key, body, options) =>
      key.endsWith(".json")
        ? Promise.reject(new TargetError("denied", "Cannot store the record"))
        : target.put(key, body, options),
  }));
  const first = await bench.backup({ targets: [killed] });
  const [name = ""] = await bench.names();
  assert.match(name, /\.db$/);
  await age(`${bench.usb}/${name}`);
  bench.write("second");
  const { id } = await bench.backup();

  const { database } = bench;
  const there = await push({ database, targets: [usb], backups: [id] });
  assert.deepEqual(there.targets[0]?.swept, [], "the next push may make it whole");
  await deleteBackups({ database, backups: [first.id] });
  const events: HoldfastEvent[] = [];
  const { targets: [target] } = await push({
    database,
    targets: [usb],
    onEvent: (event) => events.push(event),
  });
  assert.deepEqual(target?.swept.map(({ key }) => key), [name]);
  assert.equal(target?.ok, true);
  assert.ok(events.some((event) => event.type === "warning" && event.code === "LEFTOVERS_REMOVED"));
  assert.ok(!(await bench.names()).includes(name));
  using catalog = Catalog.openToRead(bench.directory);
  assert.match(JSON.stringify(catalog?.runs()[0]?.details), /"swept":\[\{"key"/);
});

Deno.test("push writes a lost record anew where the backup is not here any more", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb", { codecs: ["zstd"] });
  const { id, name } = await bench.backup({ targets: [usb] });
  bench.write("second");
  await bench.backup({ targets: [usb] });
  await deleteBackups({ database: bench.database, backups: [id] });
  const record = (await bench.names()).find((file) => file.endsWith(`${name}.zst.json`)) ?? "";
  const text = await Deno.readTextFile(`${bench.usb}/${record}`);
  await Deno.remove(`${bench.usb}/${record}`);
  await age(`${bench.usb}/${record.replace(/\.json$/, "")}`);

  const { targets: [target] } = await push({ database: bench.database, targets: [usb] });
  assert.deepEqual([target?.ok, target?.swept, target?.copies], [true, [], []]);
  assert.equal(await Deno.readTextFile(`${bench.usb}/${record}`), text);
  const { copies } = await listCopies({ database: bench.database, target: usb });
  assert.deepEqual(copies.length, 2);
});

Deno.test("push goes well where the place does not let it sweep, and says so", async () => {
  await using bench = await copyBench();
  await using usb = await bench.open("usb");
  const gone = await neverSent(bench);
  await bench.backup({ targets: [usb] });
  const [name = ""] = await bench.names();
  const orphan = `${bench.usb}/${name.replace(/\/.*/, `/${gone}`)}`;
  await Deno.writeTextFile(orphan, "half");
  await age(orphan);
  const place = replaced(usb, (target) => ({
    ...verbsOf(target),
    remove: () => Promise.reject(new TargetError("denied", "Cannot remove it")),
  }));
  const { ok, targets, warnings } = await push({ database: bench.database, targets: [place] });
  assert.deepEqual([ok, targets[0]?.swept], [true, []]);
  assert.deepEqual(warnings.map(({ code }) => code), ["LEFTOVERS_KEPT"]);
});

/** The name of a backup that was deleted here before it was sent. */
async function neverSent(bench: CopyBench, clock: Clock = systemClock): Promise<string> {
  const { id, name } = await bench.backup({ clock });
  bench.write("second");
  await bench.backup({ clock });
  await deleteBackups({ database: bench.database, backups: [id], clock });
  return name;
}

async function pushed(bench: CopyBench, place: OpenTarget, clock: SteppedTime) {
  const { targets: [target] } = await push({ database: bench.database, targets: [place], clock });
  assert.ok(target !== undefined);
  return target;
}

/** Makes a file look as if it had been written two days ago. */
async function age(path: string): Promise<void> {
  const at = new Date(Temporal.Now.instant().subtract({ hours: 48 }).epochMilliseconds);
  await Deno.utime(path, at, at);
}

function verbsOf(target: Target): Target {
  return {
    put: (key, body, options) => target.put(key, body, options),
    get: (key, options) => target.get(key, options),
    stat: (key, options) => target.stat(key, options),
    list: (prefix, options) => target.list(prefix, options),
    remove: (key, options) => target.remove(key, options),
  };
}
