import { equal } from "node:assert/strict";
import { backup, listBackups } from "../../mod.ts";
import { filesBelow } from "../support/files_below.ts";
import { tempDir } from "../support/temp_dir.ts";
import { application } from "./application.ts";
import { openUi } from "./open_ui.ts";

Deno.test(
  "a person restores a backup that only a target has, and deletes its copy there",
  async () => {
    await using dir = await tempDir();
    using app = application(dir);
    const database = dir.join("app.db");
    const configuration = dir.join("holdfast.json");
    await Deno.mkdir(dir.join("usb"));
    const targets = { usb: { kind: "folder", settings: { path: "usb" } } };
    await Deno.writeTextFile(configuration, JSON.stringify({ database: "app.db", targets }));
    const taken = await backup({ database, note: "before the party" });
    app.exec("DELETE FROM works WHERE id > 400");
    await backup({ database, note: "after it" });
    const { robot, left } = openUi({ folder: dir.path, database, configuration });
    using _robot = robot;
    await robot.at("2 backups", "t");
    await robot.at("· empty", "s");
    await robot.news("✔ Sent 2 backups to usb");
    await robot.at(/✔ ok +2/, "esc");
    await Deno.remove(taken.path);
    // Nobody told the program: it sees by itself that the file is gone.
    await robot.at("Last backup", "l");
    await robot.at("↓ on usb", "/", "only on usb", "enter");
    await robot.at("1 of 1", "r");
    await robot.at("It lies only on usb", "enter");
    await robot.at(/works\s+400 → 1,000\s+\+600/, "enter");
    await robot.see("✔ Restored");
    equal(app.prepare("SELECT count(*) AS n FROM works").get()?.n, 1000);
    await robot.press("enter");
    await robot.at("only on usb", "esc");
    await robot.at("3 of 3", "X");
    await robot.at("Delete the copy on usb for good?", "y");
    await robot.news("✔ Deleted the copy on usb");
    await robot.press("q");
    equal((await left).code, 0);
    const { backups } = await listBackups({ database });
    equal(backups.find(({ id }) => id === taken.id)?.status, "available");
    const stored = await filesBelow(dir.join("usb"));
    equal(stored.some((path) => path.includes(taken.name)), false);
    equal(stored.filter((path) => path.endsWith(".db")).length, 1);
  },
);
