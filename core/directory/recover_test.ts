import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { type TempDir, tempDir } from "../../tests/support/temp_dir.ts";
import { backup } from "../backup.ts";
import { Catalog } from "../catalog/catalog.ts";
import { systemClock } from "../clock.ts";
import { exists } from "../files/is_file.ts";
import type { HoldfastEvent } from "../events.ts";
import {
  type Intent,
  type RestoreIntent,
  type SwapIntent,
  writeIntent,
} from "../restore/intent.ts";
import { listBackups } from "../list.ts";
import type { recover } from "./recover.ts";
import { Report } from "../report.ts";
import { restore } from "../restore.ts";
import { addSafetyAgain } from "../restore/safety_again.ts";
import { undo } from "../undo.ts";

/** A database with one table, in a folder of its own. */
function makeDatabase(dir: TempDir): { readonly database: string; readonly rows: () => unknown[] } {
  const database = dir.join("app.db");
  write(database, "CREATE TABLE t (x); INSERT INTO t VALUES ('first')");
  const rows = (): unknown[] => {
    using app = new DatabaseSync(database);
    return app.prepare("SELECT x FROM t").all().map(({ x }) => x);
  };
  return { database, rows };
}

function write(database: string, sql: string): void {
  using app = new DatabaseSync(database);
  app.exec(sql);
}

/** What a killed run leaves: its staging folder with what it was about to do. */
async function killedWith(directory: string, intent: Intent): Promise<string> {
  const folder = `${directory}/.staging/${crypto.randomUUID()}`;
  await Deno.mkdir(folder, { recursive: true });
  await writeIntent(folder, intent);
  return folder;
}

function restoreIntent(database: string, safetyAgain = "/nowhere"): RestoreIntent {
  return {
    kind: "restore",
    database,
    restoring: "a backup",
    journalMode: "wal",
    safetyAgain,
    safety: null,
  };
}

function context(catalog: Catalog, database: string): Parameters<typeof recover>[1] {
  const report = new Report("restore", { subject: database, clock: systemClock });
  const place = { database, directory: catalog.directory };
  return { catalog, place, report, clock: systemClock };
}

Deno.test("undo brings back the state before a restore that was killed, not before an older one", async () => {
  await using dir = await tempDir();
  const { database, rows } = makeDatabase(dir);
  await backup({ database });
  write(database, "UPDATE t SET x = 'second'");
  await restore({ database });
  write(database, "UPDATE t SET x = 'third'");
  const safety = await backup({ database, reason: "pre-restore" });
  await killedWith(dir.join("backups"), { ...restoreIntent(database), safety });
  write(database, "UPDATE t SET x = 'first'");
  await undo({ database });
  deepEqual(rows(), ["third"]);
});

Deno.test("recover keeps a later safety snapshot in place of the older, killed at any step", async () => {
  for (const killed of ["before", "after", "at the end"]) {
    await using dir = await tempDir();
    const { database, rows } = makeDatabase(dir);
    await backup({ database });
    const directory = dir.join("backups");
    const safety = await backup({ database, reason: "pre-restore" });
    write(database, "UPDATE t SET x = 'later'");
    const folder = await killedWith(directory, restoreIntent(database));
    const intent = { ...restoreIntent(database, `${folder}/safety-again.db`), safety };
    await writeIntent(folder, intent);
    await Deno.copyFile(database, intent.safetyAgain);
    write(database, "UPDATE t SET x = 'first'");
    {
      using catalog = Catalog.openToWrite(directory);
      let isDead = false;
      const dying = new Proxy(catalog, {
        get: (target, key) => {
          isDead ||= key === (killed === "after" ? "add" : "forget");
          if (isDead) throw new Error("killed");
          const value: unknown = Reflect.get(target, key);
          return typeof value === "function" ? value.bind(target) : value;
        },
      });
      const work = { ...context(catalog, database), catalog: dying };
      if (killed === "before") {
        // The intent is there, the file has not got its name yet.
        const { rename } = Deno;
        Deno.rename = (from, to) =>
          String(from) === intent.safetyAgain
            ? Promise.reject(new Error("killed"))
            : rename(from, to);
        try {
          await rejects(addSafetyAgain(intent, folder, { ...work, catalog }), /killed/);
        } finally {
          Deno.rename = rename;
        }
      } else await rejects(addSafetyAgain(intent, folder, work), /killed/);
    }
    await undo({ database });
    deepEqual(rows(), ["later"], killed);
    const { backups } = await listBackups({ database });
    ok(!backups.some(({ id }) => id === safety.id), `the older one is listed, killed ${killed}`);
    ok(!await exists(safety.path), `the older one lies there, killed ${killed}`);
  }
});

Deno.test("recover lets a database that is no database any more be restored", async () => {
  await using dir = await tempDir();
  const { database, rows } = makeDatabase(dir);
  await backup({ database });
  await killedWith(dir.join("backups"), restoreIntent(database));
  await Deno.writeTextFile(database, "garbage ".repeat(1000));
  await restore({ database });
  deepEqual(rows(), ["first"]);
});

Deno.test("recover of a swap keeps each file, also those that came in between", async () => {
  await using dir = await tempDir();
  const { database, rows } = makeDatabase(dir);
  await backup({ database });
  const directory = dir.join("backups");
  const keep = `${directory}/2026-01-01_00-00-00.damaged`;
  await Deno.mkdir(keep);
  await Deno.writeTextFile(`${keep}/app.db`, "the damaged one");
  const incoming = dir.join(".app.db.holdfast-1");
  await Deno.copyFile(database, incoming);
  await Deno.remove(database);
  write(database, "CREATE TABLE t (x); INSERT INTO t VALUES ('made meanwhile')");
  const intent: SwapIntent = {
    kind: "swap",
    database,
    restoring: "a backup",
    incoming: [{ from: incoming, to: database }],
    keep,
    kept: null,
  };
  await killedWith(directory, intent);
  await backup({ database });
  equal(await Deno.readTextFile(`${keep}/app.db`), "the damaged one");
  deepEqual(rows(), ["made meanwhile"], "an application may have it open");
});

Deno.test("restore that is stopped after it took effect can be undone, with all commits", async () => {
  await using dir = await tempDir();
  const { database, rows } = makeDatabase(dir);
  write(database, "CREATE TABLE big AS SELECT zeroblob(40000000) AS b");
  await backup({ database, verify: "quick" });
  write(database, "UPDATE t SET x = 'second'");
  const stop = new AbortController();
  let writing = false;
  const onEvent = (event: HoldfastEvent): void => {
    if (event.type !== "progress") return;
    // The safety backup is there, the lock is not taken yet.
    if (event.phase === "record" && event.done === 1) write(database, "UPDATE t SET x = 'third'");
    writing ||= event.phase === "restore";
    if (event.phase === "check" && writing) stop.abort();
  };
  await rejects(restore({ database, onEvent, signal: stop.signal }));
  deepEqual(rows(), ["first"]);
  await undo({ database });
  deepEqual(rows(), ["third"]);
  ok((await listBackups({ database })).backups.length > 1);
});

Deno.test("restore whose callback fails afterwards can be undone", async () => {
  await using dir = await tempDir();
  const { database, rows } = makeDatabase(dir);
  await backup({ database });
  write(database, "UPDATE t SET x = 'second'");
  const after = (): never => {
    throw new Error("the job would not start");
  };
  await rejects(restore({ database, after }));
  deepEqual(rows(), ["first"]);
  await undo({ database });
  deepEqual(rows(), ["second"]);
});

Deno.test("undo takes the last restore, also where the clock was set back", async () => {
  await using dir = await tempDir();
  const { database, rows } = makeDatabase(dir);
  await backup({ database });
  write(database, "UPDATE t SET x = 'second'");
  await restore({ database });
  write(database, "UPDATE t SET x = 'third'");
  const back = { ...systemClock, now: () => Temporal.Now.instant().subtract({ hours: 50 }) };
  await restore({ database, clock: back });
  await undo({ database, clock: back });
  deepEqual(rows(), ["third"]);
});
