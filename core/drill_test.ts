import { deepEqual, equal, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { tempDir } from "../tests/support/temp_dir.ts";
import { backup } from "./backup.ts";
import { Catalog } from "./catalog/catalog.ts";
import { drill } from "./drill.ts";
import { listBackups } from "./list.ts";
import { verify } from "./verify.ts";

Deno.test("drill() restores into a scratch file, proves it and records drilled", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  }
  const taken = await backup({ database });
  const bytes = await Deno.readFile(taken.path);
  const phases = new Set<string>();
  const found = await drill({
    database,
    assertions: ["SELECT count(*) = 1 FROM t"],
    onEvent: (event) => event.type === "progress" && phases.add(event.phase),
  });
  deepEqual([found.ok, found.proof, found.faults], [true, "drilled", []]);
  deepEqual(Object.keys(found.times ?? {}), ["restoreMs", "proofMs", "openMs"]);
  for (const phase of ["restore", "hash", "check"]) ok(phases.has(phase), phase);
  deepEqual(await Deno.readFile(taken.path), bytes);
  equal((await listBackups({ database })).backups[0]?.proof, "drilled");
  using catalog = Catalog.openToRead(dir.join("backups"));
  deepEqual(catalog?.runs({ limit: 1 }).map(({ job, outcome }) => [job, outcome]), [[
    "drill",
    "done",
  ]]);
  deepEqual(await Array.fromAsync(Deno.readDir(dir.join("backups", ".staging"))), []);
});

Deno.test("drill() and a deep verify find what is bad, and it loses its proof", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  }
  const [first, second] = [await backup({ database }), await backup({ database })];
  await Deno.writeFile(first.path, new Uint8Array([1]), { append: true });
  const bad = await drill({ database, backup: first.id });
  deepEqual([bad.ok, bad.proof], [false, "stored"]);
  const { ok: good, backups } = await verify({ database, all: true, deep: true });
  equal(good, false);
  deepEqual(backups.map(({ proof }) => proof), ["drilled", "stored"]);
  const asserted = await drill({ database, backup: second.id, assertions: ["SELECT 0"] });
  equal(asserted.ok, false);
});
