import { deepEqual, equal, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { backup } from "../backup.ts";
import { checkCatalog } from "../catalog_care.ts";
import { HoldfastError } from "../errors.ts";
import { moveBackups } from "../move.ts";
import { restore } from "../restore.ts";
import { undo } from "../undo.ts";
import { resolvePlace } from "./place.ts";

function makeDatabase(path: string): string {
  using app = new DatabaseSync(path);
  app.exec("CREATE TABLE t (x)");
  return path;
}

const usage = (error: unknown): boolean => error instanceof HoldfastError && error.code === "USAGE";

Deno.test("resolvePlace takes backups/ beside the database, and another one where that is taken", async () => {
  await using dir = await tempDir();
  const first = makeDatabase(dir.join("first.db"));
  const second = makeDatabase(dir.join("second.db"));
  equal((await resolvePlace({ database: first })).directory, dir.join("backups"));
  await backup({ database: first });
  equal((await resolvePlace({ database: first })).directory, dir.join("backups"));
  equal((await resolvePlace({ database: second })).directory, dir.join("second.db.backups"));
});

Deno.test("resolvePlace refuses the directory of another database, unless it is adopted", async () => {
  await using dir = await tempDir();
  const first = makeDatabase(dir.join("first.db"));
  const second = makeDatabase(dir.join("second.db"));
  await backup({ database: first });
  const directory = dir.join("backups");
  await rejects(resolvePlace({ database: second, directory }), usage);
  equal((await resolvePlace({ database: second, directory, adopt: true })).database, second);
});

Deno.test("resolvePlace knows a database again that moved together with its directory", async () => {
  await using dir = await tempDir();
  await Deno.mkdir(dir.join("old"));
  const database = makeDatabase(dir.join("old", "app.db"));
  await backup({ database });
  await Deno.rename(dir.join("old"), dir.join("new"));
  const place = await resolvePlace({ database: dir.join("new", "app.db") });
  equal(place.directory, dir.join("new", "backups"));
});

Deno.test("resolvePlace finds the database of a directory, and refuses to guess", async () => {
  await using dir = await tempDir();
  const database = makeDatabase(dir.join("app.db"));
  await backup({ database });
  equal((await resolvePlace({ directory: dir.join("backups") })).database, database);
  await rejects(resolvePlace({}), usage);
  await rejects(
    resolvePlace({ directory: dir.join("nothing") }),
    (error: unknown) => error instanceof HoldfastError && error.code === "BACKUP_NOT_FOUND",
  );
});

Deno.test("resolvePlace follows links to a backup directory: every verb works there", async () => {
  await using dir = await tempDir();
  const database = makeDatabase(dir.join("app.db"));
  await Deno.mkdir(dir.join("disk"));
  await Deno.symlink(dir.join("disk"), dir.join("backups"));
  equal((await resolvePlace({ database })).directory, dir.join("disk"));
  const { path } = await backup({ database });
  equal(path.startsWith(dir.join("disk")), true);
  const { safetyBackup } = await restore({ database });
  equal((await undo({ database, directory: dir.join("backups") })).backup, safetyBackup?.name);
  deepEqual((await checkCatalog({ database })).findings, []);
  const below = dir.join("backups/not/yet/there");
  equal(
    (await resolvePlace({ database, directory: below })).directory,
    dir.join("disk/not/yet/there"),
  );
  await Deno.mkdir(dir.join("other disk"));
  await Deno.symlink(dir.join("other disk"), dir.join("other"));
  const { directory } = await moveBackups({ database, to: dir.join("other/backups") });
  equal(directory, dir.join("other disk/backups"));
  equal((await resolvePlace({ database })).directory, directory);
});
