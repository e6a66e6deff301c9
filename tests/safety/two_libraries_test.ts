import { equal, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import BetterSqlite from "better-sqlite3";
import { backup, restore } from "../../mod.ts";
import { requireProgram } from "../support/require_program.ts";
import { tempDir } from "../support/temp_dir.ts";

/** Whether another process is kept from writing. */
async function isLocked(database: string): Promise<boolean> {
  const command = new Deno.Command("sqlite3", { args: [database, "BEGIN IMMEDIATE"] });
  const { success, stderr } = await command.output();
  return !success && new TextDecoder().decode(stderr).includes("locked");
}

Deno.test({
  ...requireProgram(
    ["sqlite3"],
    "backup and restore leave the locks of a second SQLite library alone",
  ),
  fn: async () => {
    await using dir = await tempDir();
    const database = dir.join("app.db");
    const app = new BetterSqlite(database);
    app.exec("PRAGMA journal_mode = DELETE; CREATE TABLE t (x); INSERT INTO t VALUES (1)");
    app.exec("BEGIN IMMEDIATE; INSERT INTO t VALUES (2)");
    const { metadata } = await backup({ database });
    equal(metadata.recordCount?.t, 1);
    ok(await isLocked(database), "our work released the transaction's lock");
    app.exec("COMMIT");
    equal(rows(app), 2);
    await restore({ database });
    equal(rows(app), 1);
    app.exec("INSERT INTO t VALUES (3)");
    app.close();
    using check = new DatabaseSync(database);
    equal(check.prepare("SELECT count(*) AS n FROM t").get()?.n, 2);
  },
});

Deno.test({
  ...requireProgram(["sqlite3"], "backup and restore leave the locks of node:sqlite alone"),
  fn: async () => {
    await using dir = await tempDir();
    const database = dir.join("app.db");
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
    app.exec("BEGIN IMMEDIATE; INSERT INTO t VALUES (2)");
    await backup({ database });
    ok(await isLocked(database), "our work released the transaction's lock");
    app.exec("COMMIT");
    await restore({ database });
    equal(app.prepare("SELECT count(*) AS n FROM t").get()?.n, 1);
  },
});

function rows(app: BetterSqlite.Database): unknown {
  const row: unknown = app.prepare("SELECT count(*) AS n FROM t").get();
  return typeof row === "object" && row !== null && "n" in row ? row.n : undefined;
}
