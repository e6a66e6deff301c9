import { equal, ok } from "node:assert/strict";
import { backup } from "../../mod.ts";
import { tempDir } from "../support/temp_dir.ts";
import { application } from "./application.ts";
import { openUi } from "./open_ui.ts";

Deno.test({
  name: "a folder that cannot be looked at is told, and the UI goes on once it can be",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using dir = await tempDir();
    const [folder, aside] = [dir.join("data"), dir.join("aside")];
    await Deno.mkdir(folder);
    application(dir, "data/app.db").close();
    await backup({ database: dir.join("data/app.db") });
    const { robot, left } = openUi({ folder: dir.path, database: dir.join("data/app.db") });
    using _robot = robot;
    await robot.see("1 backup");
    // A link to itself is neither there nor missing, whoever looks.
    await Deno.rename(folder, aside);
    await Deno.symlink(folder, folder);
    const text = await robot.see("✖ backups cannot be read");
    ok(text.includes("✖ Cannot look at"), text);
    await robot.at("all keys", "b");
    await robot.at("d dismisses", "d");
    await Deno.remove(folder);
    await Deno.rename(aside, folder);
    await robot.until((shown) => !shown.includes("cannot be read"), "that it can be read again");
    await robot.at("1 backup", "q");
    equal((await left).code, 0);
  },
});

Deno.test("a path that is too long to be one is completed by nothing, and opens nothing", async () => {
  await using dir = await tempDir();
  const { robot, left } = openUi({ folder: dir.path });
  using _robot = robot;
  await robot.see("Which database");
  robot.pressAtOnce(`${"long".repeat(100)}/`);
  await robot.press("tab");
  await robot.news("No file begins like that");
  await robot.press("enter");
  await robot.at("✖ ", "esc");
  equal((await left).code, 0);
});
