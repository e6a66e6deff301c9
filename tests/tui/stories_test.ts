import { equal, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { backup, HoldfastError, listBackups } from "../../mod.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";
import { openUi } from "./open_ui.ts";

// Ink's cursor library keeps its signal listeners, and its frame timer outlives the last
// frame by a thirtieth of a second: neither can be ended from outside.
const ofInk = { sanitizeOps: false, sanitizeResources: false };

/** A database with works, open as an application would have it. */
function application(dir: TempDir, name = "app.db"): DatabaseSync {
  const app = new DatabaseSync(dir.join(name));
  app.exec(`PRAGMA journal_mode = WAL;
    CREATE TABLE works (id INTEGER PRIMARY KEY, title TEXT);
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
    INSERT INTO works (title) SELECT 'work ' || i FROM n`);
  return app;
}

function works(app: DatabaseSync): number {
  return Number(app.prepare("SELECT count(*) AS n FROM works").get()?.n);
}

Deno.test(
  "a person who knows nothing finds the database and takes the first backup",
  ofInk,
  async () => {
    await using dir = await tempDir();
    using _app = application(dir, "submissions.db");
    const { robot, left } = openUi({ folder: dir.path });
    using _robot = robot;
    await robot.see("~/submissions.db");
    await robot.press("enter");
    await robot.see("press b to take the first one");
    ok(robot.alternate && robot.raw);
    await robot.press("b");
    await robot.see("✔ Backed up:");
    await robot.see("● healthy");
    await robot.press("q");
    equal((await left).code, 0);
    ok(!robot.alternate && !robot.raw);
    const { backups } = await listBackups({ database: dir.join("submissions.db") });
    equal(backups.length, 1);
  },
);

Deno.test("a person types the path of a database with completion", ofInk, async () => {
  await using dir = await tempDir();
  await Deno.mkdir(dir.join("deep"));
  using _app = application(dir, "deep/submissions.db");
  const { robot, left } = openUi({ folder: dir.path, columns: 60, rows: 15 });
  using _robot = robot;
  await robot.press("~/de", "tab");
  await robot.see("Path  ~/deep/");
  await robot.press("nowhere.db", "enter");
  await robot.see("✖ Cannot find the database");
  for (let i = 0; i < "nowhere.db".length; i++) await robot.press("backspace");
  await robot.press("sub", "tab");
  await robot.see("~/deep/submissions.db");
  await robot.press("enter");
  await robot.see("none yet");
  await robot.press("q");
  await left;
});

Deno.test(
  "a person filters the backups, restores one while the application runs, and undoes",
  ofInk,
  async () => {
    await using dir = await tempDir();
    using app = application(dir);
    const database = dir.join("app.db");
    await backup({ database, note: "before the party" });
    app.exec("DELETE FROM works WHERE id > 400");
    await backup({ database, note: "after it" });
    const { robot, left } = openUi({ folder: dir.path, database });
    using _robot = robot;
    await robot.see("2 backups");
    await robot.press("l", "/", "before", "enter");
    await robot.see("1 of 1");
    await robot.press("r");
    await robot.see(/works\s+400 → 1,000\s+\+600/);
    await robot.press("enter");
    await robot.see("✔ Restored");
    equal(works(app), 1000);
    await robot.press("u");
    await robot.until(
      (text) => text.includes("Bring back the state before") && text.includes("✔ Restored"),
      "the undo",
    );
    equal(works(app), 400);
    await robot.press("enter", "q");
    equal((await left).code, 0);
  },
);

Deno.test("a person pulls the window while the restore modal is open", ofInk, async () => {
  await using dir = await tempDir();
  using app = application(dir);
  const database = dir.join("app.db");
  for (let i = 0; i < 3; i++) {
    await backup({ database });
    app.exec(`DELETE FROM works WHERE id > ${900 - i * 100}`);
  }
  const { robot, left } = openUi({ folder: dir.path, database, columns: 100, rows: 30 });
  using _robot = robot;
  await robot.see("3 backups");
  await robot.press("r");
  await robot.see("What changes");
  ok(robot.text().includes("Records"));
  for (const [columns, rows] of [[60, 15], [200, 60], [80, 24], [62, 16]] as const) {
    robot.resize(columns, rows);
    await robot.until(
      (text) => text.includes("⚠ Restoring replaces") && text.split("\n").length === rows,
      `the modal at ${columns}×${rows}`,
    );
    const lines = robot.text().split("\n");
    equal(lines.length, rows);
    equal(lines[1]?.length, columns - 1);
  }
  await robot.press("down", "esc");
  await robot.see("Last backup");
  await robot.press("q");
  equal((await left).code, 0);
});

Deno.test(
  "ctrl-c in the middle of a backup leaves nothing behind and exits with 130",
  ofInk,
  async () => {
    await using dir = await tempDir();
    using app = application(dir);
    app.exec("CREATE TABLE blobs (x BLOB)");
    for (let i = 0; i < 60; i++) app.exec("INSERT INTO blobs VALUES (randomblob(1000000))");
    const database = dir.join("app.db");
    const { robot, left } = openUi({ folder: dir.path, database });
    using _robot = robot;
    await robot.see("none yet");
    await robot.press("b");
    await robot.see("◐ backup");
    await robot.press("ctrl+c");
    equal((await left).code, 130);
    ok(!robot.alternate && !robot.raw);
    const { backups } = await listBackups({ database });
    equal(backups.length, 0);
    const staged = await Array.fromAsync(Deno.readDir(dir.join("backups", ".staging"))).catch(
      (error) => {
        if (error instanceof Deno.errors.NotFound) return [];
        throw error;
      },
    );
    equal(staged.length, 0);
  },
);

Deno.test("a backup that another process takes appears by itself", ofInk, async () => {
  await using dir = await tempDir();
  using _app = application(dir);
  const database = dir.join("app.db");
  const { robot, left } = openUi({ folder: dir.path, database });
  using _robot = robot;
  await robot.see("none yet");
  await backup({ database, note: "from elsewhere" });
  await robot.see("“from elsewhere”");
  await robot.press("q");
  await left;
});

Deno.test(
  "an error says what to do now, and is told again after the screen is gone",
  ofInk,
  async () => {
    await using dir = await tempDir();
    using _app = application(dir);
    const failure = new HoldfastError("NO_SPACE", "Cannot write the backup: the disk is full", {
      hint: "Free 20 MB and run it again",
    });
    const { robot, left } = openUi({
      folder: dir.path,
      database: dir.join("app.db"),
      wrap: (actions) => ({
        ...actions,
        open: async (path) => ({
          ...await actions.open(path),
          backup: () => Promise.reject(failure),
        }),
      }),
    });
    using _robot = robot;
    await robot.see("none yet");
    await robot.press("b");
    await robot.see("✖ Cannot write the backup: the disk is full");
    await robot.see("Free 20 MB and run it again");
    await robot.press("q");
    const { code, errors } = await left;
    equal(code, 0);
    equal(errors[0]?.message, failure.message);
  },
);

Deno.test("a person tries another retention policy, saves it and applies it", ofInk, async () => {
  await using dir = await tempDir();
  using app = application(dir);
  const database = dir.join("app.db");
  const configuration = dir.join("holdfast.json");
  await Deno.writeTextFile(configuration, '{\n  // mine\n  "database": "app.db"\n}\n');
  for (let i = 0; i < 4; i++) {
    app.exec(`DELETE FROM works WHERE id > ${900 - i * 100}`);
    await backup({ database, note: `number ${i}` });
  }
  const { robot, left } = openUi({ folder: dir.path, database, configuration, rows: 30 });
  using _robot = robot;
  await robot.see("4 backups");
  await robot.press("p");
  await robot.see(/In a year\s+\d+ backups?, .* back to \d{4}/);
  await robot.see("lets none go");
  await robot.press("e", "backspace", "backspace", "backspace", "down", "3", "down", "down");
  await robot.press("backspace", "backspace", "down", "backspace", "backspace", "backspace");
  await robot.press("enter");
  await robot.see("✔ Saved the policy");
  const written = await Deno.readTextFile(configuration);
  ok(written.includes("// mine") && written.includes('"keepLast": 3'), written);
  await robot.see("keeps 3, lets 1 go");
  await robot.press("x", "y");
  await robot.see("✔ Moved 1 backup to the trash");
  await robot.press("esc", "l", "t");
  await robot.see("“number 0”");
  await robot.press("U");
  await robot.see("✔ Brought 1 backup back");
  await robot.see("The trash is empty");
  await robot.press("t", "p");
  await robot.see("✔ Pinned 1 backup");
  await robot.see("⚑ pinned “number 3”");
  await robot.press("q");
  equal((await left).code, 0);
});

Deno.test(
  "a person compares, looks into a backup, and brings single rows back",
  ofInk,
  async () => {
    await using dir = await tempDir();
    using app = application(dir);
    const database = dir.join("app.db");
    await backup({ database });
    app.exec("DELETE FROM works WHERE id IN (7, 8, 9); INSERT INTO works VALUES (2000, 'new')");
    const { robot, left } = openUi({ folder: dir.path, database });
    using _robot = robot;
    await robot.see("1 backup");
    await robot.press("l", "c");
    await robot.see(/works\s+1\s+3\s+0/);
    await robot.press("esc", "o", "enter");
    await robot.see(/1\s+work 1/);
    await robot.press("esc", "w");
    await robot.see("Which table?");
    await robot.press("enter");
    await robot.see("3 rows of works");
    await robot.press("down", "space", "enter");
    await robot.see("Bring 1 row of works back?");
    await robot.press("y");
    await robot.see("✔ Brought 1 row back");
    const rows = app.prepare("SELECT id FROM works WHERE id BETWEEN 6 AND 10").all();
    equal(rows.map(({ id }) => id).join(), "6,8,10");
    await robot.press("u");
    await robot.see("✔ Restored");
    equal(app.prepare("SELECT count(*) AS n FROM works WHERE id = 8").get()?.n, 0);
    robot.pressAtOnce("enter", "q");
    equal((await left).code, 0);
  },
);

Deno.test(
  "a person drills a backup, sees the statistics, and changes a setting",
  ofInk,
  async () => {
    await using dir = await tempDir();
    using app = application(dir);
    const database = dir.join("app.db");
    const configuration = dir.join("holdfast.json");
    await Deno.writeTextFile(configuration, '{\n  // mine\n  "database": "app.db"\n}\n');
    await backup({ database });
    app.exec("DELETE FROM works WHERE id > 500");
    await backup({ database });
    const { robot, left } = openUi({ folder: dir.path, database, configuration });
    using _robot = robot;
    await robot.see("2 backups");
    await robot.press("l", "P");
    await robot.see("✔ Drilled:");
    await robot.see("✔ drilled");
    await robot.press("esc", "s");
    await robot.see("2 of 2 backups in the log (100 %)");
    await robot.press(",");
    await robot.see("warnSizeMB");
    for (let i = 0; i < 40 && !/› warnSizeMB/.test(robot.text()); i++) {
      await robot.press("down");
      await robot.see("›");
    }
    await robot.press("enter", "x");
    await robot.see('✖ Cannot use warnSizeMB = "500x"');
    await robot.press("backspace", "0", "enter");
    await robot.see("✔ warnSizeMB = 5000");
    const written = await Deno.readTextFile(configuration);
    ok(written.includes("// mine") && written.includes('"warnSizeMB": 5000'), written);
    await robot.see(/warnSizeMB\s+5000\s+file/);
    await robot.press("q");
    equal((await left).code, 0);
  },
);
