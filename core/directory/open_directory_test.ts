import { equal, match, ok, rejects, throws } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { type TempDir, tempDir } from "../../tests/support/temp_dir.ts";
import { backup } from "../backup.ts";
import { systemClock } from "../clock.ts";
import { HoldfastError } from "../errors.ts";
import type { HoldfastEvent } from "../events.ts";
import { Report } from "../report.ts";
import { type OpenDirectory, openDirectory } from "./open_directory.ts";
import { verify } from "../verify.ts";

const clock = systemClock;

async function opened(dir: TempDir): Promise<OpenDirectory> {
  const place = { database: dir.join("app.db"), directory: dir.join("backups") };
  const report = new Report("backup", { subject: place.database, clock });
  return await openDirectory(place, { report, clock, waitMs: 0 });
}

Deno.test("openDirectory gives the lock up also where closing the catalog fails", async () => {
  await using dir = await tempDir();
  const open = await opened(dir);
  // From here on it can neither be read nor closed.
  open.catalog[Symbol.dispose]();
  throws(() => open[Symbol.dispose](), { name: "SuppressedError" });
  (await opened(dir))[Symbol.dispose]();
});

Deno.test("openDirectory keeps a directory that it made where it cannot tell that nothing is in it", async () => {
  await using dir = await tempDir();
  {
    using _open = await opened(dir);
    using other = new DatabaseSync(dir.join("backups/catalog.db"));
    other.exec("DROP TABLE runs");
  }
  ok(Deno.statSync(dir.join("backups/catalog.db")).isFile);
});

/** Does something once, when a phase begins. */
function once(phase: string, act: () => void): (event: HoldfastEvent) => void {
  let isDone = false;
  return (event) => {
    if (isDone || event.type !== "progress" || event.phase !== phase) return;
    isDone = true;
    act();
  };
}

const moments = [["snapshot", "moved"], ["check", "replaced"], ["record", "moved"]] as const;

for (const [phase, how] of moments) {
  Deno.test(`backup says that its directory was ${how} in its phase "${phase}", and the next one there goes on`, async () => {
    await using dir = await tempDir();
    const database = dir.join("app.db");
    {
      using app = new DatabaseSync(database);
      app.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
    }
    await backup({ database });
    const onEvent = once(phase, () => {
      Deno.renameSync(dir.join("backups"), dir.join("away"));
      if (how === "replaced") Deno.mkdirSync(dir.join("backups"));
    });
    await rejects(backup({ database, onEvent }), (error: unknown) => {
      ok(error instanceof HoldfastError);
      equal(error.code, "BACKUP_LIST_FAILED");
      match(error.message, /"[^"]*backups" was moved, replaced or removed meanwhile$/);
      return true;
    });
    const elsewhere = { database, directory: dir.join("away") };
    const { backups, ok: areGood } = await verify({ ...elsewhere, all: true });
    equal(backups.length, 1);
    ok(areGood);
    await backup(elsewhere);
    equal([...Deno.readDirSync(dir.join("away/.staging"))].length, 0);
  });
}
