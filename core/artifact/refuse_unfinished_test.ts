import { equal, ok, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { backup } from "../backup.ts";
import { restore } from "../restore.ts";

/** Copies a database with what lies beside it in the midst of its use, as a disk of a dead machine has it. */
function copyInUse(from: string, to: string, sql: string): void {
  using app = new DatabaseSync(from);
  app.exec(sql);
  for (const suffix of ["", "-wal", "-journal"]) {
    try {
      Deno.copyFileSync(`${from}${suffix}`, `${to}${suffix}`);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

const table = "CREATE TABLE t (x); INSERT INTO t VALUES (1)";
const inUse: Readonly<Record<string, string>> = {
  "-wal": `PRAGMA journal_mode = WAL; ${table}; PRAGMA wal_checkpoint; INSERT INTO t VALUES (2)`,
  "-journal": `${table}; PRAGMA cache_size = 1; BEGIN; INSERT INTO t SELECT zeroblob(9000000)`,
};

for (const [suffix, sql] of Object.entries(inUse)) {
  Deno.test(`restore refuses a file with a ${suffix} of its own, and takes it once that was folded in`, async () => {
    await using dir = await tempDir();
    const database = dir.join("app.db");
    const found = dir.join("found.db");
    {
      using app = new DatabaseSync(database);
      app.exec("CREATE TABLE t (x)");
    }
    await backup({ database });
    copyInUse(dir.join("other.db"), found, sql);
    ok(Deno.statSync(`${found}${suffix}`).size > 0);
    await rejects(restore({ database, backup: found }), { code: "BACKUP_INVALID" });
    {
      using app = new DatabaseSync(found);
      equal(app.prepare("SELECT count(*) AS n FROM t").get()?.n, suffix === "-wal" ? 2 : 1);
    }
    await restore({ database, backup: found });
    using app = new DatabaseSync(database);
    equal(app.prepare("SELECT count(*) AS n FROM t").get()?.n, suffix === "-wal" ? 2 : 1);
  });
}

Deno.test("restore takes a file beside which a journal was left that holds nothing", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (x)");
  }
  await backup({ database });
  copyInUse(dir.join("other.db"), dir.join("found.db"), `PRAGMA journal_mode = PERSIST; ${table}`);
  ok(Deno.statSync(dir.join("found.db-journal")).size > 0);
  await restore({ database, backup: dir.join("found.db") });
});
