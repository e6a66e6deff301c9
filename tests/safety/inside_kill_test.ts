import { deepEqual, equal, match, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { backup, exportDatabase, listBackups, readLog, rescue, undo } from "../../mod.ts";
import { noneLives } from "../support/processes.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";

/** More than one word of progress. */
const ROWS = 12_000;

/** Runs a verb in a process that kills itself; whether it did. */
async function killed(dir: TempDir, script: string, ...args: string[]): Promise<boolean> {
  const path = fileURLToPath(new URL(`../support/${script}.ts`, import.meta.url));
  const { signal } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-A", path, ...args],
    stderr: "inherit",
  }).output();
  await noneLives(dir.path);
  return signal === "SIGKILL";
}

/** A database of which half of the rows was lost after a backup. */
async function halfLost(
  dir: TempDir,
): Promise<{ readonly database: string; readonly backup: string }> {
  const database = dir.join("app.db");
  using app = new DatabaseSync(database);
  app.exec(`PRAGMA journal_mode = WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, x);
    WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < ${ROWS})
      INSERT INTO t SELECT i, 'row ' || i FROM c`);
  const { id } = await backup({ database });
  app.exec("DELETE FROM t WHERE id % 2 = 0");
  return { database, backup: id };
}

function rowsIn(database: string): number {
  using app = new DatabaseSync(database);
  equal(app.prepare("PRAGMA integrity_check").get()?.integrity_check, "ok");
  return Number(app.prepare("SELECT count(*) AS n FROM t").get()?.n);
}

/** What can be seen in a folder. */
function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

for (
  const [phase, words] of [["read", "2"], ["safety", "1"], ["restore", "1"], [
    "restore",
    "3",
  ]] as const
) {
  Deno.test(`rescue killed at word ${words} of "${phase}" leaves all rows or none`, async () => {
    await using dir = await tempDir();
    const lost = await halfLost(dir);
    const { database } = lost;
    const options = JSON.stringify({ ...lost, table: "t" });
    ok(await killed(dir, "killed_in", phase, words, "rescue", options));
    const rows = rowsIn(database);
    ok(rows === ROWS / 2 || (phase === "restore" && rows === ROWS), `${rows} rows`);

    const { warnings } = await backup({ database });
    deepEqual(namesIn(dir.join("backups", ".staging")), []);
    const log = await readLog({ database, job: "rescue" });
    const [{ name } = { name: "" }] = (await listBackups({ database })).backups.slice(-1);
    const noted = { read: [], safety: ["killed"], restore: [`${name} (interrupted)`, "killed"] };
    // Counting is no run yet.
    deepEqual(log.map(({ message }) => message), noted[phase]);
    const said = { read: [], safety: ["INTERRUPTED"], restore: ["RECOVERED"] }[phase];
    deepEqual(warnings.map(({ code }) => code), said);
    for (const { message } of warnings) match(message, /^(?:A|The) rescue /);
    if (phase === "restore") {
      await undo({ database });
      equal(rowsIn(database), ROWS / 2);
    }
    await rescue({ ...lost, table: "t" });
    equal(rowsIn(database), ROWS);
  });
}

/** Nothing half is under the name, and the next export clears up and says so. */
async function clearsUp(
  { database, folder, output }: {
    readonly database: string;
    readonly folder: string;
    readonly output: string;
  },
  wasKilled: boolean,
): Promise<void> {
  const left = namesIn(folder).filter((name) => name.startsWith("."));
  equal(left.length, wasKilled ? 1 : 0, String(left));
  const next = await exportDatabase({ database, output, format: "csv", force: true });
  deepEqual(
    next.warnings.map(({ code }) => code),
    wasKilled ? ["LEFTOVERS_REMOVED"] : [],
  );
  deepEqual(namesIn(folder), ["out"]);
  equal(linesIn(output), ROWS / 2 + 1);
}

function linesIn(output: string): number {
  return Deno.readTextFileSync(`${output}/t.csv`).trimEnd().split("\r\n").length;
}

Deno.test("export killed midway leaves nothing under its name, and the next one clears up", async () => {
  await using dir = await tempDir();
  const { database } = await halfLost(dir);
  const folder = dir.join("exports");
  const output = `${folder}/out`;
  for (const [format, phase] of [["db", "snapshot"], ["db", "write"], ["csv", "write"]] as const) {
    const options = JSON.stringify({ database, output, format });
    ok(await killed(dir, "killed_in", phase, "1", "exportDatabase", options));
    ok(!namesIn(folder).includes("out"));
    await clearsUp({ database, folder, output }, true);
    await Deno.remove(output, { recursive: true });
  }
});

Deno.test("export killed before any step never loses the export that it replaces", async () => {
  await using dir = await tempDir();
  const { database } = await halfLost(dir);
  const folder = dir.join("exports");
  const output = `${folder}/out`;
  await exportDatabase({ database, output, format: "csv", tables: ["t"] });
  let step = 1;
  for (;; step++) {
    const options = JSON.stringify({ database, output, format: "csv", force: true });
    const wasKilled = await killed(dir, "killed_at", String(step), "exportDatabase", options);
    if (wasKilled && !namesIn(folder).includes("out")) {
      // Between the two renames: an export beside it puts the earlier one back.
      const beside = await exportDatabase({ database, output: `${folder}/other.db` });
      deepEqual(beside.warnings.map(({ code }) => code), ["LEFTOVERS_REMOVED"]);
      await Deno.remove(beside.output);
      equal(linesIn(output), ROWS / 2 + 1);
      await clearsUp({ database, folder, output }, false);
    } else await clearsUp({ database, folder, output }, wasKilled);
    if (!wasKilled) break;
  }
  ok(step > 4, `${step} steps`);
});
