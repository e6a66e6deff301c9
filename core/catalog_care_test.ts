import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import {
  type BackupDirectory,
  backupDirectory,
  clockAt,
  moments,
} from "../tests/support/backup_directory.ts";
import { tempDir } from "../tests/support/temp_dir.ts";
import { backup } from "./backup.ts";
import { Catalog } from "./catalog/catalog.ts";
import { checkCatalog, renewCatalog, repairCatalog } from "./catalog_care.ts";
import { deleteBackups } from "./delete.ts";
import { pin } from "./edit.ts";
import { health } from "./health.ts";
import { listBackups } from "./list.ts";
import { prune } from "./prune.ts";

const last = "2026-03-10T12:00:00Z";
const clock = clockAt("2026-03-10T13:00:00Z");

async function kinds(directory: string): Promise<string[]> {
  const { findings } = await checkCatalog({ directory });
  return findings.map(({ kind, name }) => `${kind} ${name}`);
}

async function ids(directory: string): Promise<string[]> {
  const { backups } = await listBackups({ directory, deleted: true });
  return backups.map(({ id }) => id).reverse();
}

/** Makes six, deletes the second and pins the third. */
async function sixWithTrash(): Promise<BackupDirectory> {
  const made = await backupDirectory(moments(last, 24, 6));
  const { directory, records } = made;
  await deleteBackups({ directory, backups: [records[1]?.name ?? ""], clock });
  await pin({ directory, backups: [records[2]?.name ?? ""], clock });
  return made;
}

Deno.test("checkCatalog finds nothing in a sound directory, and changes nothing", async () => {
  await using made = await sixWithTrash();
  const before = made.names();
  assert.deepEqual(await kinds(made.directory), []);
  assert.deepEqual(made.names(), before);
});

Deno.test("checkCatalog finds strays, missing and changed files, leftovers and copies", async () => {
  await using made = await sixWithTrash();
  const { directory, records } = made;
  const path = (name: string): string => `${directory}/${name}`;
  await Deno.copyFile(made.database, path("2026-01-01_10-00-00.db"));
  await Deno.writeTextFile(path("2026-01-01_11-00-00.db"), "no SQLite");
  await Deno.writeTextFile(path("letter.txt"), "not ours");
  await Deno.remove(records[3]?.path ?? "");
  await Deno.writeTextFile(records[4]?.path ?? "", "more", { append: true });
  await Deno.writeTextFile(path(".unfinished-1"), "half");
  await Deno.mkdir(path(".staging/dead"), { recursive: true });
  await Deno.writeTextFile(path("2026-03-10_12-00-00 (conflicted copy).db"), "?");
  await Deno.rename(records[5]?.path ?? "", path(`.trash/${records[5]?.name}`));
  assert.deepEqual((await kinds(directory)).sort(), [
    "changed 2026-03-09_12-00-00.db",
    "conflicted_copy 2026-03-10_12-00-00 (conflicted copy).db",
    "leftover .staging/dead",
    "leftover .unfinished-1",
    "misplaced .trash/2026-03-10_12-00-00.db",
    "missing 2026-03-08_12-00-00.db",
    "missing 2026-03-10_12-00-00.db",
    "stray 2026-01-01_10-00-00.db",
    "stray 2026-01-01_11-00-00.db",
  ]);
  const { done } = await repairCatalog({ directory, clock });
  assert.equal(done.length, 4);
  // What nobody can know is left to a person.
  assert.deepEqual((await kinds(directory)).sort(), [
    "changed 2026-03-09_12-00-00.db",
    "conflicted_copy 2026-03-10_12-00-00 (conflicted copy).db",
    "missing 2026-03-08_12-00-00.db",
    "stray 2026-01-01_11-00-00.db",
  ]);
  const { backups } = await listBackups({ directory });
  const taken = backups.find(({ name }) => name === "2026-01-01_10-00-00.db");
  assert.equal(taken?.metadata.inferred, true);
  assert.equal(taken?.createdAt, "2026-01-01T10:00:00.000Z");
  const { trashed } = await prune({
    directory,
    policy: { keepLast: 1, minKeep: 1 },
    clock,
    allowMassDelete: true,
  });
  assert.ok(trashed.every(({ id }) => id !== taken?.id));
  assert.equal(await Deno.readTextFile(path("letter.txt")), "not ours");
});

const damages: readonly (readonly [string, (path: string) => void])[] = [
  ["truncated to nothing", (path) => Deno.truncateSync(path, 0)],
  ["cut in half", (path) => Deno.truncateSync(path, Deno.statSync(path).size / 2)],
  ["no SQLite at all", (path) => Deno.writeTextFileSync(path, "x".repeat(5000))],
  ["overwritten in the middle", (path) => {
    using file = Deno.openSync(path, { write: true });
    for (let page = 1; page < Deno.statSync(path).size / 4096; page += 2) {
      file.seekSync(page * 4096, Deno.SeekMode.Start);
      file.writeSync(new Uint8Array(4096).fill(0x41));
    }
  }],
  ["another program's database", (path) => {
    Deno.removeSync(path);
    using other = new DatabaseSync(path);
    other.exec("CREATE TABLE notes (text TEXT)");
  }],
  ["lost", (path) => Deno.removeSync(path)],
];

for (const [what, damage] of damages) {
  Deno.test(`repairCatalog brings back a catalog that is ${what}`, async () => {
    await using made = await sixWithTrash();
    const { directory, records } = made;
    damage(`${directory}/catalog.db`);
    assert.equal((await checkCatalog({ directory })).ok, false);
    const { ok } = await repairCatalog({ database: made.database, clock });
    assert.ok(ok, JSON.stringify(await kinds(directory)));
    assert.deepEqual(await ids(directory), records.map(({ id }) => id));
    const { backups } = await listBackups({ database: made.database, deleted: true });
    assert.deepEqual(backups.filter(({ pinned }) => pinned).map(({ id }) => id), [records[2]?.id]);
    assert.equal(backups.find(({ id }) => id === records[1]?.id)?.status, "deleted");
  });
}

Deno.test("repairCatalog saves what a damaged catalog still has when the manifest is lost", async () => {
  const many = moments(last, 1, 200);
  await using made = await backupDirectory(many);
  const { directory, records } = made;
  await Deno.remove(`${directory}/backup_manifest.json`);
  using catalog = Catalog.openToRead(directory);
  const pages = Number(catalog?.query("PRAGMA page_count")[0]?.page_count);
  {
    using file = await Deno.open(`${directory}/catalog.db`, { write: true });
    await file.seek(Math.floor(pages / 2) * 4096, Deno.SeekMode.Start);
    await file.write(new Uint8Array(4096).fill(0x55));
  }
  await repairCatalog({ directory, clock });
  assert.equal(
    (await checkCatalog({ directory })).findings.filter(({ kind }) => kind.startsWith("catalog"))
      .length,
    0,
  );
  const known = new Set(await ids(directory));
  const saved = records.filter(({ id }) => known.has(id)).length;
  assert.ok(saved > 100, `${saved} of 200`);
});

Deno.test("repairCatalog knows from names alone when catalog and manifest are lost", async () => {
  await using made = await backupDirectory([]);
  const { directory, database } = made;
  for (const name of ["2026-03-01_08-00-00.db", "2026-03-02_08-00-00_2.db"]) {
    await Deno.copyFile(database, `${directory}/${name}`);
  }
  await Deno.remove(`${directory}/catalog.db`);
  await Deno.remove(`${directory}/backup_manifest.json`);
  await assert.rejects(repairCatalog({ directory, clock }), { code: "USAGE" });
  const { ok, done } = await repairCatalog({ directory, database, clock });
  assert.ok(ok);
  assert.equal(done.length, 2);
  const { backups } = await listBackups({ database });
  assert.deepEqual(
    backups.map(({ createdAt, proof, metadata }) => [createdAt, proof, metadata.inferred]),
    [
      ["2026-03-02T08:00:00.000Z", "hashed", true],
      ["2026-03-01T08:00:00.000Z", "hashed", true],
    ],
  );
});

Deno.test("repairCatalog merges a catalog and a manifest that a sync client put aside", async () => {
  await using made = await backupDirectory(moments(last, 24, 3));
  await using theirs = await backupDirectory(
    moments("2026-03-10T18:00:00Z", 24, 4),
    (record, index) => ({
      ...index === 0 && { note: "theirs" },
      // The same second on both machines.
      ...index === 3 && { name: "2026-03-10_12-00-00.db", sha256: "other" },
      path: record.path,
    }),
  );
  const { directory, records } = made;
  for (const { path, name } of theirs.records.slice(0, 3)) {
    await Deno.copyFile(path, `${directory}/${name}`);
  }
  await Deno.copyFile(
    `${theirs.directory}/catalog.db`,
    `${directory}/catalog.sync-conflict-20260310-180000-ABCDEFG.db`,
  );
  await Deno.copyFile(
    `${theirs.directory}/backup_manifest.json`,
    `${directory}/backup_manifest (conflicted copy).json`,
  );
  const { done, findings } = await repairCatalog({ directory, clock });
  assert.equal(done.length, 2);
  assert.deepEqual(findings.map(({ kind, name }) => `${kind} ${name}`), [
    "missing 2026-03-10_12-00-00_2.db",
  ]);
  const { backups } = await listBackups({ directory });
  const order = [...records, ...theirs.records].toSorted((a, b) =>
    a.createdAt < b.createdAt ? -1 : 1
  );
  assert.deepEqual(backups.map(({ id }) => id).reverse(), order.map(({ id }) => id));
  assert.ok(backups.some(({ note }) => note === "theirs"));
  assert.deepEqual(await kinds(directory), ["missing 2026-03-10_12-00-00_2.db"]);
});

Deno.test("openDirectory takes back what an older catalog in its place does not know", async () => {
  await using made = await backupDirectory(moments(last, 24, 3));
  const { directory, database, records } = made;
  await Deno.copyFile(`${directory}/catalog.db`, `${made.root}/old.db`);
  const { id } = await backup({ database, retention: false });
  await Deno.copyFile(`${made.root}/old.db`, `${directory}/catalog.db`);
  const { warnings } = await pin({ directory, backups: [records[0]?.name ?? ""], clock });
  assert.deepEqual(warnings.map(({ code }) => code), ["CATALOG_MERGED"]);
  assert.deepEqual(await ids(directory), [...records.map((record) => record.id), id]);
});

Deno.test("renewCatalog forgets what is gone and keeps the old catalog in the trash", async () => {
  await using made = await sixWithTrash();
  const { directory, records } = made;
  await Deno.remove(records[0]?.path ?? "");
  const { ok } = await renewCatalog({ directory, clock });
  assert.ok(ok);
  assert.deepEqual(await ids(directory), records.slice(1).map(({ id }) => id));
  assert.ok(made.names(".trash").includes("replaced-catalog.db"));
});

Deno.test("repairCatalog believes no name that leads out of the directory", async () => {
  await using made = await backupDirectory(moments(last, 24, 3));
  const { directory } = made;
  const victim = `${made.root}/victim.db`;
  await Deno.writeTextFile(victim, "mine");
  await Deno.copyFile(`${directory}/catalog.db`, `${directory}/catalog (conflicted copy).db`);
  {
    using evil = new DatabaseSync(`${directory}/catalog (conflicted copy).db`);
    evil.exec(
      "UPDATE backup_records SET id = id || 'x', backup_name = '../victim.db' WHERE sequence = 1",
    );
  }
  await repairCatalog({ directory, clock });
  const { backups } = await listBackups({ directory });
  assert.ok(backups.every(({ name }) => !name.includes("/")));
});

Deno.test("backup in two processes at once loses no record", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec("PRAGMA journal_mode = WAL; CREATE TABLE notes (text TEXT)");
  }
  const script = `
    import { backup } from "${new URL("../mod.ts", import.meta.url)}";
    for (let i = 0; i < 4; i++) await backup({ database: Deno.args[0], retention: false });
  `;
  await Deno.writeTextFile(dir.join("take.ts"), script);
  const ends = await Promise.all([1, 2].map(() =>
    new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-q",
        "-A",
        "--config",
        new URL("../deno.json", import.meta.url).pathname,
        dir.join("take.ts"),
        database,
      ],
      stderr: "inherit",
    }).output()
  ));
  assert.deepEqual(ends.map(({ code }) => code), [0, 0]);
  const { backups, directory } = await listBackups({ database });
  assert.equal(backups.length, 8);
  assert.equal(new Set(backups.map(({ name }) => name)).size, 8);
  assert.deepEqual(await kinds(directory), []);
  assert.equal((await health({ database })).status, "healthy");
});
