import { equal, ok } from "node:assert/strict";
import { backup } from "../../mod.ts";
import { tempDir } from "../support/temp_dir.ts";
import { application, ofInk } from "./application.ts";
import { openUi } from "./open_ui.ts";

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
    // News come and go: only the line under the cursor tells that a press has arrived.
    const underCursor = (text: string): string =>
      text.split("\n").find((line) => line.includes("›")) ?? "";
    for (let i = 0; i < 60 && !underCursor(robot.text()).includes("warnSizeMB"); i++) {
      const before = underCursor(robot.text());
      await robot.press("down");
      await robot.until((text) => underCursor(text) !== before, "the next setting");
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
