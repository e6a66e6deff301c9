import { deepStrictEqual as equal } from "node:assert/strict";
import { makeSampleDatabase } from "../../tests/support/sample_database.ts";
import { SteppedTime } from "../../tests/support/stepped_time.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { backup } from "../backup.ts";
import { TargetError } from "../extend/target_error.ts";
import { health } from "../health.ts";
import { tell } from "../notify/tell.ts";
import { markWatch, readWatchMark } from "./watch_mark.ts";

const mark = { since: "2026-01-03T12:00:00.000Z", next: null, failures: 0 } as const;

Deno.test("markWatch lets health notice that a watcher died, not that it was stopped", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  const directory = dir.join("backups");
  makeSampleDatabase(database);
  const clock = new SteppedTime();
  await markWatch(directory, { ...mark, state: "running" }, clock);
  equal(await readWatchMark(directory), undefined);
  await backup({ database, clock });
  await markWatch(directory, { ...mark, state: "running" }, clock);
  equal((await readWatchMark(directory))?.pid, Deno.pid);
  const codes = async (): Promise<readonly string[]> =>
    (await health({ database, clock })).issues.map(({ code }) => code);
  await clock.pass({ minutes: 29 });
  equal(await codes(), []);
  await clock.pass({ minutes: 2 });
  equal(await codes(), ["WATCHER_DEAD"]);
  await markWatch(directory, { ...mark, state: "stopped" }, clock);
  equal(await codes(), []);
});

Deno.test("health takes an unchanged database for kept, and shows news that was not sent", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  makeSampleDatabase(database);
  const clock = new SteppedTime();
  await backup({ database, clock });
  await clock.pass({ hours: 30 });
  equal((await health({ database, clock })).issues.map(({ code }) => code), ["BACKUP_OLD"]);
  equal((await backup({ database, clock, ifChanged: true })).unchanged, true);
  equal((await health({ database, clock })).status, "healthy");
  const notify = (): Promise<void> => Promise.reject(new TargetError("denied", "no"));
  await tell({ kind: "failed", job: "backup", code: "NO_SPACE", message: "full" }, {
    database: "app",
    directory: dir.join("backups"),
    clock,
    notifiers: [{ name: "desk", on: ["failure"], notifier: { notify } }],
  });
  equal((await health({ database, clock })).issues.map(({ code }) => code), ["NOT_NOTIFIED"]);
});
