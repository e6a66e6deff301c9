import { deepEqual, equal, throws } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { HoldfastError } from "../errors.ts";
import { Catalog } from "./catalog.ts";
import { CATALOG_VERSION } from "./schema.ts";

const unreadable = (error: unknown): boolean =>
  error instanceof HoldfastError && error.code === "BACKUP_LIST_FAILED";

Deno.test("Catalog refuses what is no catalog, damaged, or of a newer holdfast", async () => {
  await using dir = await tempDir();
  equal(Catalog.openToRead(dir.path), undefined);
  {
    using other = new DatabaseSync(dir.join("catalog.db"));
    other.exec("CREATE TABLE mine (x)");
  }
  throws(() => Catalog.openToRead(dir.path), unreadable);
  throws(() => Catalog.openToWrite(dir.path), unreadable);
  Deno.writeTextFileSync(dir.join("catalog.db"), "garbage ".repeat(200));
  throws(() => Catalog.openToRead(dir.path), unreadable);
  Deno.removeSync(dir.join("catalog.db"));
  Catalog.openToWrite(dir.path)[Symbol.dispose]();
  {
    using newer = new DatabaseSync(dir.join("catalog.db"));
    newer.exec(`PRAGMA user_version = ${CATALOG_VERSION + 1}`);
  }
  throws(() => Catalog.openToRead(dir.path), unreadable);
  throws(() => Catalog.openToWrite(dir.path), unreadable);
});

Deno.test("Catalog keeps its journal mode, its file private and its facts", async () => {
  await using dir = await tempDir();
  {
    using catalog = Catalog.openToWrite(dir.path);
    catalog.setFact("id", "one");
    equal(catalog.fact("id"), "one");
    equal(catalog.query("PRAGMA journal_mode")[0]?.journal_mode, "delete");
  }
  equal((Deno.statSync(dir.join("catalog.db")).mode ?? 0) & 0o777, 0o600);
  deepEqual([...Deno.readDirSync(dir.path)].map(({ name }) => name), ["catalog.db"]);
});

Deno.test("Catalog does a transaction all or not at all", async () => {
  await using dir = await tempDir();
  using catalog = Catalog.openToWrite(dir.path);
  throws(() =>
    catalog.transaction(() => {
      catalog.setFact("half", "done");
      throw new Error("stop");
    })
  );
  equal(catalog.fact("half"), undefined);
});
