import { equal, ok } from "node:assert/strict";
import type { DatabaseSync } from "node:sqlite";
import { backup, HoldfastError, listBackups } from "../../mod.ts";
import { tempDir } from "../support/temp_dir.ts";
import { application, endlessCheck } from "./application.ts";
import { openUi } from "./open_ui.ts";

function works(app: DatabaseSync): number {
  return Number(app.prepare("SELECT count(*) AS n FROM works").get()?.n);
}

Deno.test(
  "a person who knows nothing finds the database and takes the first backup",
  async () => {
    await using dir = await tempDir();
    using _app = application(dir, "submissions.db");
    const { robot, left } = openUi({ folder: dir.path });
    using _robot = robot;
    await robot.at("~/submissions.db", "enter");
    await robot.see("press b to take the first one");
    ok(robot.alternate && robot.raw);
    await robot.press("b");
    await robot.news("✔ Backed up:");
    await robot.see("● healthy");
    await robot.press("q");
    equal((await left).code, 0);
    ok(!robot.alternate && !robot.raw);
    const { backups } = await listBackups({ database: dir.join("submissions.db") });
    equal(backups.length, 1);
  },
);

Deno.test("a person types the path of a database with completion", async () => {
  await using dir = await tempDir();
  await Deno.mkdir(dir.join("deep"));
  using _app = application(dir, "deep/submissions.db");
  const { robot, left } = openUi({ folder: dir.path, columns: 60, rows: 15 });
  using _robot = robot;
  await robot.at("Path", "~/de", "tab");
  await robot.at("Path  ~/deep/", "nowhere.db", "enter");
  await robot.see("✖ Cannot find the database");
  for (let i = 0; i < "nowhere.db".length; i++) await robot.press("backspace");
  await robot.press("sub", "tab");
  await robot.at("Path  ~/deep/submissions.db", "enter");
  await robot.see("none yet");
  await robot.press("q");
  await left;
});

Deno.test("what a person types ahead waits for the screen that it is for", async () => {
  await using dir = await tempDir();
  await Deno.mkdir(dir.join("deep"));
  using _app = application(dir, "deep/app.sqlite");
  const { robot, left } = openUi({ folder: dir.path });
  using _robot = robot;
  await robot.see("Path");
  // Nothing of this waits for what the keys before it lead to.
  robot.pressAtOnce("deep/a", "tab", "enter", "b", "l");
  await robot.news("✔ Backed up:");
  await robot.at("1 of 1", "esc");
  await robot.at("1 backup", "q");
  equal((await left).code, 0);
});

Deno.test(
  "a person filters the backups, restores one while the application runs, and undoes",
  async () => {
    await using dir = await tempDir();
    using app = application(dir);
    const database = dir.join("app.db");
    await backup({ database, note: "before the party" });
    app.exec("DELETE FROM works WHERE id > 400");
    await backup({ database, note: "after it" });
    const { robot, left } = openUi({ folder: dir.path, database });
    using _robot = robot;
    await robot.at("2 backups", "l");
    await robot.at("1 of 2", "/", "before", "enter");
    await robot.at("1 of 1", "r");
    await robot.at(/works\s+400 → 1,000\s+\+600/, "enter");
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

Deno.test("a folder that goes away and comes back is told, and never ends the UI", async () => {
  await using dir = await tempDir();
  const folder = dir.join("disk");
  await Deno.mkdir(folder);
  const database = dir.join("disk/app.db");
  application(dir, "disk/app.db").close();
  await backup({ database });
  const { robot, left } = openUi({ folder: dir.path, database });
  using _robot = robot;
  await robot.see("1 backup");
  await Deno.rename(folder, dir.join("away"));
  await Deno.writeTextFile(folder, "");
  await robot.see("✖ ");
  await Deno.remove(folder);
  await Deno.rename(dir.join("away"), folder);
  await robot.until((text) => text.includes("1 backup") && !text.includes("✖ "), "the disk again");
  await robot.press("q");
  equal((await left).code, 0);
});

Deno.test("a person pulls the window while the restore modal is open", async () => {
  await using dir = await tempDir();
  using app = application(dir);
  const database = dir.join("app.db");
  for (let i = 0; i < 3; i++) {
    await backup({ database });
    app.exec(`DELETE FROM works WHERE id > ${900 - i * 100}`);
  }
  const { robot, left } = openUi({ folder: dir.path, database, columns: 100, rows: 30 });
  using _robot = robot;
  await robot.at("3 backups", "r");
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
  async () => {
    await using dir = await tempDir();
    using app = application(dir);
    app.exec("INSERT INTO works (title) VALUES ('more')");
    const database = dir.join("app.db");
    const configuration = await endlessCheck(dir);
    const { robot, left } = openUi({ folder: dir.path, database, configuration });
    using _robot = robot;
    await robot.at("none yet", "b");
    await robot.at(/◐ backup +check/, "ctrl+c");
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

Deno.test("a backup that another process takes appears by itself", async () => {
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
    await robot.at("none yet", "b");
    await robot.see("✖ Cannot write the backup: the disk is full");
    await robot.see("Free 20 MB and run it again");
    await robot.press("q");
    const { code, errors } = await left;
    equal(code, 0);
    equal(errors[0]?.message, failure.message);
  },
);
