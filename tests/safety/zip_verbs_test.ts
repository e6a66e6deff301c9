import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { dirname } from "node:path";
import {
  backup,
  deleteBackups,
  diff,
  drill,
  emptyTrash,
  exportDatabase,
  listBackups,
  moveBackups,
  peek,
  pin,
  prune,
  pull,
  push,
  renewCatalog,
  rescue,
  restore,
  undeleteBackups,
  verify,
} from "../../mod.ts";
import { copyBench, textsIn } from "../support/copy_bench.ts";
import { zipFormats } from "../support/zip_formats.ts";

/** Files beside the database of a bench. */
async function beside(database: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = `${dirname(database)}/${name}`;
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, content);
  }
}

Deno.test("a zip backup is taken, checked, looked into, compared and drilled", async () => {
  await using bench = await copyBench();
  const { database } = bench;
  const formats = await zipFormats();
  await beside(database, { "prefs.json": "{}", "docs/a.txt": "a" });
  const taken = await bench.backup({ formats, include: ["prefs.json", "docs/**/*.txt"] });
  equal(taken.format, "zip");
  equal(taken.fileCount, 3);
  equal(taken.proof, "checked");
  equal(taken.name.slice(-4), ".zip");
  deepEqual(taken.metadata.recordCount, { notes: 1 });
  deepEqual(taken.warnings, []);
  const { backups } = await verify({ database, formats, all: true });
  deepEqual(backups.map(({ ok, faults }) => ({ ok, faults })), [{ ok: true, faults: [] }]);
  equal((await peek({ database, formats, table: "notes" })).rows?.rows.length, 1);
  bench.write("second");
  const { tables } = await diff({ database, formats });
  equal(tables[0]?.added, 1);
  equal((await drill({ database, formats })).proof, "drilled");
  const { output } = await exportDatabase({
    database,
    formats,
    backup: taken.id,
    output: bench.join("out.db"),
  });
  deepEqual(textsIn(output), ["first"]);
  await restore({ database, formats, to: bench.join("copy.db") });
  deepEqual(textsIn(bench.join("copy.db")), ["first"]);
});

Deno.test("a zip backup gives rows back", async () => {
  await using bench = await copyBench();
  const { database } = bench;
  const formats = await zipFormats();
  await bench.backup({ formats, format: "zip" });
  using app = new DatabaseSync(database);
  app.exec("DELETE FROM notes");
  equal((await rescue({ database, formats, table: "notes" })).inserted, 1);
  deepEqual(textsIn(database), ["first"]);
});

Deno.test("a zip backup is pinned, deleted, brought back, moved, and known to a new catalog", async () => {
  await using bench = await copyBench();
  const { database } = bench;
  const formats = await zipFormats();
  const { id, name, sha256 } = await bench.backup({ formats, format: "zip" });
  await pin({ database, backups: [id] });
  await deleteBackups({ database, backups: [id], force: true });
  equal((await listBackups({ database })).backups.length, 0);
  await undeleteBackups({ database, backups: [id] });
  await prune({ database, policy: { keepLast: 1 } });
  const to = bench.join("elsewhere");
  await moveBackups({ database, to });
  const directory = to;
  ok((await verify({ database, directory, formats, all: true })).ok);
  await Deno.remove(`${to}/catalog.db`);
  await Deno.remove(`${to}/backup_manifest.json`);
  await renewCatalog({ database, directory });
  const { backups } = await listBackups({ database, directory });
  deepEqual(backups.map((each) => [each.name, each.format, each.sha256]), [[name, "zip", sha256]]);
  const { ok: good, backups: [found] } = await verify({ database, directory, formats, all: true });
  ok(good, found?.faults[0]);
});

Deno.test("a zip backup goes to a target and comes back from it", async () => {
  await using bench = await copyBench();
  const { database } = bench;
  const formats = await zipFormats();
  const { id } = await bench.backup({ formats, format: "zip" });
  await using target = await bench.open("usb");
  await push({ database, targets: [target] });
  await deleteBackups({ database, backups: [id], force: true });
  await emptyTrash({ database });
  bench.write("second");
  await restore({ database, formats, from: { target }, to: bench.join("copy.db") });
  deepEqual(textsIn(bench.join("copy.db")), ["first"]);
  await pull({ database, target, backups: [id] });
  ok((await verify({ database, formats, all: true })).ok);
});

Deno.test("verify finds every flipped byte of a zip backup, and a part that is missing", async () => {
  await using bench = await copyBench();
  const { database } = bench;
  const formats = await zipFormats();
  await beside(database, { "prefs.json": '{"a":1}' });
  const { path, id } = await bench.backup({ formats, include: ["prefs.json"] });
  const bytes = await Deno.readFile(path);
  for (let at = 0; at < bytes.length; at++) {
    const flipped = bytes.slice();
    flipped[at] = (bytes[at] ?? 0) ^ (1 << at % 8);
    await Deno.writeFile(path, flipped);
    const { ok: good, backups } = await verify({ database, formats, backups: [id] });
    ok(!good && backups[0]?.ok === false, `byte ${at} of ${bytes.length} was not noticed`);
  }
  await Deno.writeFile(path, bytes.slice(0, -1));
  equal((await verify({ database, formats, backups: [id] })).ok, false);
});

Deno.test("a zip backup with a password is opened with that password only", async () => {
  await using bench = await copyBench();
  const { database } = bench;
  const right = await zipFormats({}, "open sesame");
  const { path, id } = await bench.backup({ formats: right, format: "zip" });
  ok((await verify({ database, formats: right, all: true })).ok);
  equal((await Deno.readTextFile(path)).includes("first"), false);
  bench.write("second");
  for (const formats of [await zipFormats({}, "open wide"), await zipFormats()]) {
    await rejects(restore({ database, formats, backup: id }), { code: "KEY_WRONG" });
    await rejects(peek({ database, formats, backup: id }), { code: "KEY_WRONG" });
    const { backups: [found] } = await verify({ database, formats, all: true });
    // It says nothing about the bytes: what was proved stays.
    deepEqual([found?.ok, found?.proof], [false, "checked"]);
  }
  deepEqual(textsIn(database), ["first", "second"]);
  equal((await listBackups({ database })).backups[0]?.proof, "checked");
});

Deno.test("backup makes no archive without a password where one is a must", async () => {
  await using bench = await copyBench();
  const formats = await zipFormats({ encrypt: true });
  await rejects(bench.backup({ formats, format: "zip" }), { code: "KEY_WRONG" });
  deepEqual((await listBackups({ database: bench.database })).backups, []);
});

Deno.test("backup with files takes none where neither the database nor a file changed", async () => {
  await using bench = await copyBench();
  const { database } = bench;
  const formats = await zipFormats();
  await beside(database, { "docs/a.txt": "a" });
  const options = { formats, include: ["docs"], ifChanged: true };
  const first = await bench.backup(options);
  equal((await bench.backup(options)).id, first.id);
  await beside(database, { "docs/a.txt": "b" });
  const second = await bench.backup(options);
  equal(second.unchanged, false);
  equal((await bench.backup(options)).id, second.id);
});

Deno.test("backup takes the files that a query names, and tells the dangling ones", async () => {
  await using bench = await copyBench();
  const { database } = bench;
  const formats = await zipFormats();
  bench.write("docs/a.txt");
  bench.write("docs/gone.txt");
  bench.write("../../etc/passwd");
  await beside(database, { "docs/a.txt": "a", "docs/other.txt": "o" });
  const filesQuery = "SELECT text FROM notes WHERE text LIKE '%/%'";
  const taken = await bench.backup({ formats, filesQuery });
  equal(taken.fileCount, 2);
  deepEqual(taken.warnings.map(({ code }) => code), ["FILES_NOT_INCLUDED"]);
  deepEqual(taken.metadata.skippedFiles, [
    { name: "../../etc/passwd", why: "outside" },
    { name: "docs/gone.txt", why: "missing" },
  ]);
  for (const wrong of ["DELETE FROM notes", "SELECT 1; SELECT 2", "SELECT nothing FROM notes"]) {
    await rejects(bench.backup({ formats, filesQuery: wrong }), { code: "USAGE" });
  }
  deepEqual(textsIn(database).length, 4);
});

Deno.test("backup refuses files with the format db, and a format that was not handed in", async () => {
  await using bench = await copyBench();
  const { database } = bench;
  await rejects(backup({ database, format: "db", include: ["a"] }), { code: "CONFIG_INVALID" });
  await rejects(backup({ database, format: "zip" }), { code: "PLUGIN_INVALID" });
  await rejects(backup({ database, include: ["../a"], formats: await zipFormats() }), {
    code: "CONFIG_INVALID",
  });
});
