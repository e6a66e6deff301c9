import { deepEqual, equal } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { backup } from "../backup.ts";
import { listBackups } from "../list.ts";
import { readLog } from "../log.ts";
import { repairCatalog } from "../catalog_care.ts";
import { Catalog } from "./catalog.ts";
import { readAnyCatalog } from "./read_any_catalog.ts";
import { CATALOG_VERSION } from "./schema.ts";

/** What the first version wrote, kept as it was. */
const VERSION_1 = `
  CREATE TABLE directory (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE backup_records (
    id TEXT PRIMARY KEY,
    backup_name TEXT NOT NULL UNIQUE,
    backup_type TEXT NOT NULL,
    source_version TEXT,
    backup_path TEXT NOT NULL,
    backup_size INTEGER NOT NULL,
    file_count INTEGER NOT NULL,
    compression_type TEXT NOT NULL,
    backup_hash TEXT,
    description TEXT,
    backup_metadata TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    pinned INTEGER NOT NULL DEFAULT 0,
    proof TEXT NOT NULL,
    proved_at TEXT,
    sequence INTEGER NOT NULL UNIQUE,
    deleted_at TEXT
  ) STRICT;
  CREATE INDEX backup_records_by_time ON backup_records (created_at);

  CREATE TABLE copies (
    backup_id TEXT NOT NULL REFERENCES backup_records (id) ON DELETE CASCADE,
    target TEXT NOT NULL,
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    size INTEGER,
    sha256 TEXT,
    codecs TEXT NOT NULL DEFAULT '[]',
    stored_at TEXT,
    verified_at TEXT,
    error TEXT,
    PRIMARY KEY (backup_id, target)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    job TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    outcome TEXT NOT NULL,
    code TEXT,
    message TEXT,
    backup_id TEXT,
    host TEXT,
    details TEXT NOT NULL DEFAULT '{}'
  ) STRICT;
  CREATE INDEX runs_by_time ON runs (started_at);
  PRAGMA user_version = 1;
  PRAGMA application_id = ${0x48467374};
`;

const ROWS = `
  INSERT INTO directory VALUES ('id', 'the-id');
  INSERT INTO backup_records VALUES ('one', '2026-03-01_10-00-00.db', 'manual', NULL,
    '2026-03-01_10-00-00.db', 7, 1, 'db', 'abc', 'a remark', '{"recordCount":{"t":3}}',
    '2026-03-01T10:00:00.000Z', NULL, 1, 'checked', '2026-03-01T10:00:00.000Z', 1, NULL);
  INSERT INTO copies (backup_id, target, key, state) VALUES ('one', 'nas', 'k', 'stored');
  INSERT INTO runs VALUES ('run', 'backup', '2026-03-01T10:00:00.000Z', '2026-03-01T10:00:01.000Z',
    'done', NULL, 'made', 'one', 'server', '{"bytes":7}');
`;

Deno.test("a catalog of version 1 is read as it is, and brought up by the first that writes", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  const directory = dir.join("backups");
  {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (x)");
  }
  Deno.mkdirSync(directory);
  Deno.writeTextFileSync(`${directory}/2026-03-01_10-00-00.db`, "content");
  {
    using old = new DatabaseSync(`${directory}/catalog.db`);
    old.exec(VERSION_1 + ROWS);
  }
  const place = { database, directory };
  const [record] = (await listBackups(place)).backups;
  deepEqual([record?.id, record?.note, record?.pinned], ["one", "a remark", true]);
  const [run] = await readLog(place);
  deepEqual([run?.id, run?.user, run?.host], ["run", null, "server"]);
  equal(readAnyCatalog(`${directory}/catalog.db`).sound, true);
  equal(versionOf(directory), 1, "reading changes nothing");

  await backup({ ...place, retention: false });
  equal(versionOf(directory), CATALOG_VERSION);
  const runs = await readLog(place);
  deepEqual(runs.map(({ id, user }) => [id === "run", user !== null]), [[false, true], [
    true,
    false,
  ]]);
  equal((await listBackups(place)).backups.length, 2);
  using catalog = Catalog.openToRead(directory);
  equal(catalog?.hasCopies("one"), true);
});

Deno.test("a conflicted copy of version 1 is merged into a catalog of today", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (x)");
  }
  await backup({ database });
  {
    using old = new DatabaseSync(dir.join("backups", "catalog (conflicted copy).db"));
    old.exec(VERSION_1 + ROWS);
  }
  await repairCatalog({ database });
  using catalog = Catalog.openToRead(dir.join("backups"));
  deepEqual(catalog?.records().map(({ id }) => id).includes("one"), true);
  const runs = catalog?.runs({ jobs: ["backup"] }) ?? [];
  deepEqual(runs.map(({ host, user }) => [host === "server", user === null]), [
    [false, false],
    [true, true],
  ]);
});

function versionOf(directory: string): unknown {
  using database = new DatabaseSync(`${directory}/catalog.db`, { readOnly: true });
  return database.prepare("PRAGMA user_version").get()?.user_version;
}
