import { equal, ok, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { backup, HoldfastError, listBackups, restore, verify } from "../../mod.ts";
import { tempDir } from "../support/temp_dir.ts";

const hostile = `
  CREATE TABLE t (x, y AS (x + 1)); INSERT INTO t VALUES (1);
  CREATE VIEW endless AS WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i FROM c) SELECT * FROM c;
  CREATE TRIGGER wipe AFTER INSERT ON t BEGIN DELETE FROM t; END;
  CREATE TRIGGER wipe_view INSTEAD OF INSERT ON endless BEGIN DELETE FROM t; END;
`;

Deno.test("backup and verify run no view and no trigger of a hostile database", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec(hostile);
  }
  const { path } = await backup({ database });
  const before = Deno.readFileSync(path);
  ok((await verify({ database, all: true })).ok);
  equal(Deno.readFileSync(path).toHex(), before.toHex());
  await restore({ database });
  using app = new DatabaseSync(database);
  equal(app.prepare("SELECT count(*) AS n FROM t").get()?.n, 1);
});

Deno.test("verify ends a check that never ends, at its deadline", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec(hostile);
  }
  await backup({ database });
  const { ok: good, backups } = await verify({
    database,
    assertions: ["SELECT count(*) FROM endless"],
    deadlineMs: 2_000,
  });
  equal(good, false);
  ok(backups[0]?.faults[0]?.includes("no progress"), backups[0]?.faults[0]);
});

Deno.test("backup keeps an assertion from writing, attaching or bringing a second statement", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  }
  for (
    const sql of [
      "DELETE FROM t",
      "SELECT 1; DELETE FROM t",
      "ATTACH 'other.db' AS other",
      "PRAGMA query_only = OFF",
      "WITH gone AS (SELECT 1) DELETE FROM t",
      "SELECT load_extension('x')",
      "SELECT",
      "",
    ]
  ) {
    await rejects(
      backup({ database, assertions: [sql] }),
      (error: unknown) =>
        error instanceof HoldfastError && ["USAGE", "BACKUP_INVALID"].includes(error.code),
      sql,
    );
  }
  equal((await listBackups({ database })).backups.length, 0);
  const { proof } = await backup({ database, assertions: ["SELECT count(*) = 1 FROM t;"] });
  equal(proof, "asserted");
});

Deno.test("backup of malformed databases ends with a code, never with a crash", async () => {
  await using dir = await tempDir();
  const whole = dir.join("whole.db");
  {
    using app = new DatabaseSync(whole);
    app.exec(`PRAGMA page_size = 512; CREATE TABLE t (x PRIMARY KEY, y); CREATE INDEX i ON t (y);
      WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 60)
      INSERT INTO t SELECT i, hex(randomblob(20)) FROM c`);
  }
  const bytes = Deno.readFileSync(whole);
  let refused = 0;
  for (let round = 0; round < 40; round++) {
    const bad = bytes.slice();
    const random = crypto.getRandomValues(new Uint16Array(8));
    for (const at of random) bad[16 + at % (bad.length - 16)] = at & 0xff;
    const database = dir.join(`bad${round}.db`);
    Deno.writeFileSync(database, bad);
    try {
      const { path } = await backup({ database });
      using copy = new DatabaseSync(path);
      equal(copy.prepare("PRAGMA integrity_check").get()?.integrity_check, "ok");
    } catch (error) {
      ok(error instanceof HoldfastError, String(error));
      ok(
        ["DATABASE_CORRUPT", "NOT_A_DATABASE", "BACKUP_FAILED", "PERMISSION_DENIED"].includes(
          error.code,
        ),
        `${error.code}: ${error.message}`,
      );
      refused++;
    }
  }
  ok(refused > 20, `only ${refused} were refused`);
});

Deno.test("backup refuses a file format that SQLite does not know", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (x)");
  }
  const bytes = Deno.readFileSync(database);
  bytes[47] = 9;
  Deno.writeFileSync(database, bytes);
  await rejects(
    backup({ database }),
    (error: unknown) => error instanceof HoldfastError && error.code === "NOT_A_DATABASE",
  );
});
