import { deepEqual, equal, ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { DatabaseSync } from "node:sqlite";
import { backup, type HoldfastEvent, listBackups, restore, undo, verify } from "../../mod.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";

const script = fileURLToPath(new URL("../support/killed_at.ts", import.meta.url));

/** Restores in a process that kills itself before its n-th step; whether it did. */
async function killedAt(step: number, options: unknown): Promise<boolean> {
  const args = ["run", "-A", "-q", script, String(step), "restore", JSON.stringify(options)];
  const { success } = await new Deno.Command(Deno.execPath(), { args, stderr: "null" }).output();
  return !success;
}

function rows(path: string): unknown {
  using database = new DatabaseSync(path, { readOnly: true });
  return database.prepare("SELECT count(*) AS n FROM t").get()?.n;
}

/** A database with a backup, then replaced by what is no database, with a `-wal` of its own. */
async function garbled(dir: TempDir): Promise<string> {
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1), (2)");
  }
  await backup({ database });
  await Deno.writeTextFile(database, "no database any more");
  await Deno.writeTextFile(`${database}-wal`, "nor a log");
  return database;
}

function names(path: string): string[] {
  return [...Deno.readDirSync(path)].map(({ name }) => name).sort();
}

/** The next command of any kind; what it says that it put right. */
async function recovered(database: string): Promise<string[]> {
  const said: string[] = [];
  const onEvent = (event: HoldfastEvent): void => {
    if (event.type === "warning") said.push(event.code);
  };
  await verify({ database, all: true, onEvent });
  return said;
}

Deno.test("restore by swap is completed or undone by the next command after a kill at any step", async () => {
  let steps = 0;
  for (let step = 1;; step++) {
    await using dir = await tempDir();
    const database = await garbled(dir);
    if (!await killedAt(step, { database })) break;
    steps++;
    const said = await recovered(database);
    const after = names(dir.path);
    const isNew = await Deno.readTextFile(database) !== "no database any more";
    const expected = isNew ? ["app.db", "backups"] : ["app.db", "app.db-wal", "backups"];
    deepEqual(after, expected, `left beside the database after step ${step}`);
    deepEqual(names(dir.join("backups", ".staging")), [], `step ${step}`);
    if (isNew) {
      equal(rows(database), 2);
      await undo({ database });
      equal(await Deno.readTextFile(database), "no database any more");
      equal(await Deno.readTextFile(`${database}-wal`), "nor a log");
    }
    ok(step < 3 || said.includes("RECOVERED"), `step ${step} was put right in silence`);
  }
  ok(steps >= 8, `only ${steps} steps`);
});

Deno.test("restore into a path leaves nothing beside it after a kill at any step", async () => {
  let steps = 0;
  for (let step = 1;; step++) {
    await using dir = await tempDir();
    const database = await garbled(dir);
    Deno.mkdirSync(dir.join("out"));
    if (!await killedAt(step, { database, to: dir.join("out", "copy.db") })) break;
    steps++;
    const isThere = names(dir.join("out")).includes("copy.db");
    await recovered(database);
    deepEqual(names(dir.join("out")), isThere ? ["copy.db"] : [], `step ${step}`);
    if (isThere) equal(rows(dir.join("out", "copy.db")), 2);
  }
  ok(steps >= 3, `only ${steps} steps`);
});

Deno.test("restore by swap that fails gives everything back", async () => {
  await using dir = await tempDir();
  const database = await garbled(dir);
  const { rename } = Deno;
  const fail = (from: string | URL, to: string | URL): Promise<void> =>
    String(to) === database && String(from).includes(".app.db.holdfast-")
      ? Promise.reject(new Deno.errors.PermissionDenied("not yours"))
      : rename(from, to);
  Deno.rename = fail;
  try {
    await restore({ database }).then(() => ok(false), () => {});
  } finally {
    Deno.rename = rename;
  }
  deepEqual(names(dir.path), ["app.db", "app.db-wal", "backups"]);
  equal(await Deno.readTextFile(database), "no database any more");
  equal(await Deno.readTextFile(`${database}-wal`), "nor a log");
  deepEqual(names(dir.join("backups", ".staging")), []);
  equal((await listBackups({ database })).backups.length, 1);
  equal((await restore({ database })).requiresRestart, true);
  equal(rows(database), 2);
});
