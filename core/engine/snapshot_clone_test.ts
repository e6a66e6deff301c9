import { equal, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { descriptorOf, openLive } from "./open.ts";
import { cloneSnapshot } from "./snapshot_clone.ts";

Deno.test("cloneSnapshot has what was committed into a -wal since it opened in rollback mode", async () => {
  await using dir = await tempDir();
  const source = dir.join("app.db");
  using app = new DatabaseSync(source);
  app.exec("CREATE TABLE t (x)");
  using _held = descriptorOf(source);
  using database = new DatabaseSync(source);
  database.prepare("SELECT * FROM t").all();
  app.exec("PRAGMA journal_mode = WAL; INSERT INTO t VALUES (1)");
  const destination = dir.join("copy.db");
  const request = { source, destination, engine: "clone", busyMs: 1000 } as const;
  await cloneSnapshot({ database, request, onProgress: () => {} });
  using copy = new DatabaseSync(destination);
  equal(copy.prepare("SELECT count(*) AS n FROM t").get()?.n, 1);
});

Deno.test("cloneSnapshot refuses a file that was replaced by a rename since it was opened", async () => {
  await using dir = await tempDir();
  const source = dir.join("app.db");
  using app = new DatabaseSync(source);
  app.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (x)");
  using _held = descriptorOf(source);
  using other = new DatabaseSync(dir.join("other.db"));
  other.exec("CREATE TABLE t (x); CREATE TABLE u (x)");
  using database = openLive(source, 1000);
  await Deno.rename(dir.join("other.db"), source);
  const request = { source, destination: dir.join("copy.db"), engine: "clone", busyMs: 1 } as const;
  await rejects(
    cloneSnapshot({ database, request, onProgress: () => {} }),
    { name: "HoldfastError", code: "DATABASE_BUSY" },
  );
});
