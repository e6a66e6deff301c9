import { equal, ok, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { backup, type BackupResult, HoldfastError, restore, verify } from "../../mod.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";

/** Random flips in the large backup. */
const FLIPS = Number(Deno.env.get("HOLDFAST_FLIPS") ?? 1000);

interface Made {
  readonly database: string;
  readonly taken: BackupResult;
}

async function made(dir: TempDir, sql: string, name = "."): Promise<Made> {
  Deno.mkdirSync(dir.join(name), { recursive: true });
  const database = dir.join(name, "app.db");
  using app = new DatabaseSync(database);
  app.exec(sql);
  return { database, taken: await backup({ database }) };
}

/** Does the work twice at a time, each with a backup of its own. */
async function twice(sql: string, work: (made: Made) => Promise<void>): Promise<void> {
  await using dir = await tempDir();
  const both = [await made(dir, sql, "one"), await made(dir, sql, "two")];
  const ends = await Promise.allSettled(both.map(work));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

/** The stored backup, bad in one way: never good, never restored. */
async function neverGood(database: string, name: string, what: string): Promise<void> {
  const { ok: good, backups } = await verify({ database, backups: [name] });
  equal(good, false, `${what} is called good`);
  equal(backups[0]?.proof, "stored", `${what} keeps its proof`);
}

async function neverRestored(database: string, name: string, what: string): Promise<void> {
  await rejects(
    restore({ database, backup: name }),
    (error: unknown) => error instanceof HoldfastError && error.code === "BACKUP_INVALID",
    `${what} is restored`,
  );
}

Deno.test("verify finds every flipped byte of a small backup, and restore refuses it", async () => {
  const sql = "PRAGMA page_size = 512; CREATE TABLE t (x); INSERT INTO t VALUES ('safe')";
  let next = 0;
  await twice(sql, async ({ database, taken }) => {
    const whole = Deno.readFileSync(taken.path);
    for (let at = next++; at < whole.length; at = next++) {
      const bad = whole.slice();
      bad[at] = (bad[at] ?? 0) ^ (1 << (at % 8));
      Deno.writeFileSync(`${database}.bad`, bad);
      Deno.renameSync(`${database}.bad`, taken.path);
      const { ok: good } = await verify({ database, backups: [taken.name] });
      equal(good, false, `byte ${at}`);
      if (at % 64 === 0) await neverRestored(database, taken.name, `byte ${at}`);
    }
    Deno.writeFileSync(taken.path, whole);
    ok((await verify({ database, backups: [taken.name] })).ok);
  });
});

Deno.test(`verify finds each of ${FLIPS} random flips in a backup of 100 MB`, async () => {
  const sql = `CREATE TABLE t (x);
     WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 100)
     INSERT INTO t SELECT randomblob(1000000) FROM c`;
  let round = 0;
  await twice(sql, async ({ database, taken }) => {
    using file = Deno.openSync(taken.path, { read: true, write: true });
    const flip = (at: number, bit: number): void => {
      const byte = new Uint8Array(1);
      file.seekSync(at, Deno.SeekMode.Start);
      file.readSync(byte);
      byte[0] = (byte[0] ?? 0) ^ (1 << bit);
      file.seekSync(at, Deno.SeekMode.Start);
      file.writeSync(byte);
    };
    while (round++ < FLIPS) {
      const [place = 0, bit = 0] = crypto.getRandomValues(new Uint32Array(2));
      const what = `bit ${bit % 8} of byte ${place % taken.size}`;
      flip(place % taken.size, bit % 8);
      // The hash alone has to find it, at any depth; the checks beside it only cost time.
      const depth = round % 20 === 0 ? "full" : "none";
      const { ok: good, backups } = await verify({
        database,
        backups: [taken.name],
        verify: depth,
      });
      equal(good, false, `${what} is called good`);
      equal(backups[0]?.proof, "stored", `${what} keeps its proof`);
      if (round % 50 === 0) await neverRestored(database, taken.name, what);
      flip(place % taken.size, bit % 8);
    }
    ok((await verify({ database, backups: [taken.name] })).ok);
  });
});

Deno.test("verify and restore refuse a backup that is truncated, longer, swapped or missing", async () => {
  await using dir = await tempDir();
  const { database, taken } = await made(dir, "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  using app = new DatabaseSync(database);
  app.exec("INSERT INTO t VALUES (2)");
  const other = await backup({ database });
  const whole = Deno.readFileSync(taken.path);
  const ways: readonly (readonly [string, () => void])[] = [
    ["truncated", () => Deno.truncateSync(taken.path, whole.length - 1)],
    ["empty", () => Deno.truncateSync(taken.path, 0)],
    ["longer", () => Deno.writeFileSync(taken.path, new Uint8Array([1]), { append: true })],
    ["swapped", () => Deno.copyFileSync(other.path, taken.path)],
    ["missing", () => Deno.removeSync(taken.path)],
  ];
  for (const [what, spoil] of ways) {
    Deno.writeFileSync(taken.path, whole);
    spoil();
    await neverGood(database, taken.name, what);
    await neverRestored(database, taken.name, what);
  }
  equal(app.prepare("SELECT count(*) AS n FROM t").get()?.n, 2);
});

Deno.test("verify opens a backup alone: a planted -wal or -journal beside it changes nothing", async () => {
  await using dir = await tempDir();
  const { database, taken } = await made(dir, "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  for (const suffix of ["-wal", "-journal", "-shm"]) {
    Deno.writeTextFileSync(`${taken.path}${suffix}`, "planted");
    ok((await verify({ database, backups: [taken.name] })).ok);
    equal(Deno.readTextFileSync(`${taken.path}${suffix}`), "planted");
  }
});
