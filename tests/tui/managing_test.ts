import { equal, ok } from "node:assert/strict";
import { backup } from "../../mod.ts";
import { tempDir } from "../support/temp_dir.ts";
import { application } from "./application.ts";
import { downTo } from "./down_to.ts";
import { openUi } from "./open_ui.ts";

Deno.test("a person tries another retention policy, saves it and applies it", async () => {
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
  await robot.at("4 backups", "p");
  await robot.see(/In a year\s+\d+ backups?, .* back to \d{4}/);
  await robot.at("lets none go", "e");
  await robot.see("Keep everything for");
  await robot.press("backspace", "backspace", "backspace", "down", "3", "down", "down");
  await robot.press("backspace", "backspace", "down", "backspace", "backspace", "backspace");
  await robot.press("enter");
  await robot.news("✔ Saved the policy");
  const written = await Deno.readTextFile(configuration);
  ok(written.includes("// mine") && written.includes('"keepLast": 3'), written);
  await robot.at("keeps 3, lets 1 go", "x");
  await robot.at("Move 1 backup to the trash?", "y");
  await robot.news("✔ Moved 1 backup to the trash");
  await robot.press("esc");
  await robot.at("Last backup", "l");
  await robot.at("1 of 3", "t");
  await robot.at("“number 0”", "U");
  await robot.news("✔ Brought 1 backup back");
  await robot.at("The trash is empty", "t");
  await robot.at("“number 3”", "p");
  await robot.news("✔ Pinned 1 backup");
  await robot.see("⚑ pinned “number 3”");
  await robot.press("q");
  equal((await left).code, 0);
});

Deno.test(
  "a person without a configuration file saves a policy: the file is written first",
  async () => {
    await using dir = await tempDir();
    using _app = application(dir);
    const database = dir.join("app.db");
    await backup({ database });
    const { robot, left } = openUi({ folder: dir.path, database, rows: 30 });
    using _robot = robot;
    await robot.at("1 backup", "p");
    await robot.at("lets none go", "e");
    await robot.at("Keep everything for", "down", "3", "enter");
    await robot.at("Write a configuration file first?", "n");
    // A no loses nothing of what was typed.
    await robot.at(/Keep the newest +3/, "enter");
    await robot.at("Write a configuration file first?", "y");
    await robot.news("✔ Saved the policy");
    const written = await Deno.readTextFile(dir.join("holdfast.json"));
    ok(written.includes('"keepLast": 3'), written);
    await robot.at("the newest 3", "q");
    equal((await left).code, 0);
  },
);

Deno.test(
  "a person compares, looks into a backup, and brings single rows back",
  async () => {
    await using dir = await tempDir();
    using app = application(dir);
    const database = dir.join("app.db");
    await backup({ database });
    app.exec("DELETE FROM works WHERE id IN (7, 8, 9); INSERT INTO works VALUES (2000, 'new')");
    const { robot, left } = openUi({ folder: dir.path, database });
    using _robot = robot;
    await robot.at("1 backup", "l");
    await robot.at("1 of 1", "c");
    await robot.at(/works\s+1\s+3\s+0/, "esc");
    await robot.at("1 of 1", "o");
    await robot.at("Look into a backup", "enter");
    await robot.at(/1\s+work 1/, "esc");
    await robot.at("1 of 1", "w");
    await robot.at("Which table?", "enter");
    await robot.at("3 rows of works", "down", "space", "enter");
    await robot.at("Bring 1 row of works back?", "y");
    await robot.news("✔ Brought 1 row back");
    const rows = app.prepare("SELECT id FROM works WHERE id BETWEEN 6 AND 10").all();
    equal(rows.map(({ id }) => id).join(), "6,8,10");
    await robot.at("2 of 2", "u");
    await robot.see("✔ Restored");
    equal(app.prepare("SELECT count(*) AS n FROM works WHERE id = 8").get()?.n, 0);
    robot.pressAtOnce("enter", "q");
    equal((await left).code, 0);
  },
);

Deno.test(
  "a person drills a backup, sees the statistics, and changes a setting",
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
    await robot.at("2 backups", "l");
    await robot.at("1 of 2", "P");
    await robot.news("✔ Drilled:");
    await robot.at("✔ drilled", "esc");
    await robot.at("Last backup", "s");
    await robot.at("2 of 2 backups in the log (100 %)", ",");
    await robot.see("warnSizeMB");
    await downTo(robot, "warnSizeMB");
    await robot.press("enter");
    await robot.at("now from: default", "x");
    await robot.at('✖ Cannot use warnSizeMB = "500x"', "backspace", "0", "enter");
    await robot.news("✔ warnSizeMB = 5000");
    const written = await Deno.readTextFile(configuration);
    ok(written.includes("// mine") && written.includes('"warnSizeMB": 5000'), written);
    await robot.see(/warnSizeMB\s+5000\s+file/);
    await robot.press("q");
    equal((await left).code, 0);
  },
);
