import { deepEqual, equal, match, ok } from "node:assert/strict";
import { backup, listBackups } from "../../mod.ts";
import type { TargetActions, TuiActions } from "../../tui/mod.tsx";
import { parse as parseJsonc } from "jsonc-parser";
import { newAgeKey } from "../../plugins/age/mod.ts";
import { filesBelow } from "../support/files_below.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";
import { application } from "./application.ts";
import { downTo } from "./down_to.ts";
import { openUi } from "./open_ui.ts";

/** Some of the verbs of targets, played. */
function instead(played: Partial<TargetActions>): (actions: TuiActions) => TuiActions {
  return (actions) => ({
    ...actions,
    open: async (path) => {
      const opened = await actions.open(path);
      return { ...opened, targets: { ...opened.targets, ...played } };
    },
  });
}

async function configured(dir: TempDir): Promise<string> {
  const path = dir.join("holdfast.json");
  await Deno.writeTextFile(path, '{\n  // mine\n  "database": "app.db"\n}\n');
  return path;
}

Deno.test(
  "a person adds a folder as a target, sends copies, fetches one back and takes it out",
  async () => {
    await using dir = await tempDir();
    using _app = application(dir);
    const database = dir.join("app.db");
    const configuration = await configured(dir);
    const taken = await backup({ database });
    await Deno.mkdir(dir.join("usb"));
    const { robot, left } = openUi({ folder: dir.path, database, configuration });
    using _robot = robot;
    await robot.at("1 backup", "t");
    await robot.at("There is no target yet", "n");
    await robot.at("New target", "down", "usb", "enter");
    await robot.at("path must be given", dir.join("usb"), "enter");
    await robot.news("✔ Target usb is added");
    const written = await Deno.readTextFile(configuration);
    ok(written.includes("// mine") && written.includes('"kind": "folder"'), written);
    await robot.at("· empty", "s");
    await robot.news("✔ Sent 1 backup to usb");
    await robot.at("✔ ok", "v");
    await robot.at(/keeps all \d+ promises/, "enter");
    await Deno.remove(taken.path);
    await robot.at("✔ ok", "f");
    await robot.news("✔ 1 backup fetched from usb");
    equal((await Deno.stat(taken.path)).size, taken.size);
    await robot.press("x");
    await robot.at("– off", "D");
    await robot.at("Take the target usb out of the configuration?", "y");
    await robot.at("There is no target yet", "q");
    equal((await left).code, 0);
    ok(!(await Deno.readTextFile(configuration)).includes("usb"));
  },
);

Deno.test(
  "a person gives a secret, which is masked and kept in a file that only they can read",
  async () => {
    await using dir = await tempDir();
    using _app = application(dir);
    const database = dir.join("app.db");
    const configuration = await configured(dir);
    const { robot, left } = openUi({
      folder: dir.path,
      database,
      configuration,
      wrap: instead({ quota: () => Promise.resolve(undefined) }),
    });
    using _robot = robot;
    await robot.at("none yet", "t");
    await robot.at("There is no target yet", "n");
    await robot.see("New target");
    for (let i = 0; i < 9 && !/Kind +‹ s3 ›/.test(robot.text()); i++) {
      const before = robot.text();
      await robot.press("right");
      await robot.until((text) => text !== before, "the next kind");
    }
    await robot.at(/Kind +‹ s3 ›/, "down", "cloud");
    for (
      const [label, text] of [["bucket", "b"], ["accessKeyId", "me"], [
        "secretAccessKey",
        "hush-hush",
      ]] as const
    ) {
      await downTo(robot, label);
      await robot.press(text);
    }
    await robot.see("•••••••••");
    ok(!robot.text().includes("hush"));
    await robot.press("enter");
    await robot.news("✔ Target cloud is added");
    ok(!(await Deno.readTextFile(configuration)).includes("hush"));
    await robot.at("Sign in to cloud now?", "n");
    await robot.at("cloud", "q");
    await left;
    const kept = (await filesBelow(dir.path)).filter((path) => path.endsWith("/secrets.json"));
    equal(kept.length, 1);
    match(await Deno.readTextFile(kept[0] ?? ""), /hush-hush/);
    if (Deno.build.os !== "windows") {
      equal(((await Deno.stat(kept[0] ?? "")).mode ?? 0) & 0o777, 0o600);
    }
  },
);

Deno.test("a person adds a target that encrypts, must succeed and keeps few copies", async () => {
  await using dir = await tempDir();
  using _app = application(dir);
  const database = dir.join("app.db");
  const configuration = await configured(dir);
  await backup({ database });
  await Deno.mkdir(dir.join("usb"));
  const { recipient } = await newAgeKey();
  const { robot, left } = openUi({ folder: dir.path, database, configuration, rows: 40 });
  using _robot = robot;
  await robot.at("1 backup", "t");
  await robot.at("There is no target yet", "n");
  await robot.at("New target", "down", "usb", "down", dir.join("usb"));
  await downTo(robot, "Encrypt");
  await robot.press("right");
  await robot.at("give recipients below", "down", "me");
  await robot.at('✖ "me" is no recipient', "ctrl+u", recipient.slice(0, -1));
  await robot.at(/✖ the recipient "age1\w+…" is mistyped/, recipient.slice(-1));
  await downTo(robot, "More settings");
  await robot.press("right");
  await downTo(robot, "If a copy fails");
  await robot.press("right");
  await downTo(robot, "At most");
  await robot.press("5", "enter");
  await robot.news("✔ Target usb is added");
  const { targets: { usb } } = parseJsonc(await Deno.readTextFile(configuration));
  deepEqual(usb.codecs, [{ kind: "age", settings: { recipients: [recipient] } }]);
  deepEqual([usb.required, usb.retention], [true, { maxCount: 5 }]);
  await robot.at("· empty", "s");
  await robot.news("✔ Sent 1 backup to usb");
  await robot.at("copies by age", "q");
  equal((await left).code, 0);
  const copies = (await filesBelow(dir.join("usb"))).filter((path) => path.endsWith(".age"));
  equal(copies.length, 1);
  match(await Deno.readTextFile(copies[0] ?? ""), /^age-encryption\.org\/v1/);
});

Deno.test("a person signs in with an address, an answer and a way out", async () => {
  await using dir = await tempDir();
  using _app = application(dir);
  const database = dir.join("app.db");
  const configuration = dir.join("holdfast.json");
  const targets = { usb: { kind: "folder", settings: { path: "usb" } } };
  await Deno.writeTextFile(configuration, JSON.stringify({ database: "app.db", targets }));
  const answers: string[] = [];
  const { robot, left } = openUi({
    folder: dir.path,
    database,
    configuration,
    wrap: instead({
      connect: async (_name, talk) => {
        talk.say("Open this address in a browser:\n  https://example.com/device");
        answers.push(await talk.ask("Do you trust it? Type yes"));
        return { summary: "Target usb is connected" };
      },
    }),
  });
  using _robot = robot;
  await robot.at("none yet", "t");
  await robot.at("· empty", "c");
  await robot.at("https://example.com/device", "esc");
  await robot.at("· empty", "c");
  await robot.at("Do you trust it?", "yes", "enter");
  await robot.at("✔ Target usb is connected", "enter");
  deepEqual(answers, ["yes"]);
  await robot.at("· empty", "q");
  equal((await left).code, 0);
});

Deno.test(
  "a person without a configuration file sets a schedule: the file is written first",
  async () => {
    await using dir = await tempDir();
    using _app = application(dir);
    const { robot, left } = openUi({ folder: dir.path, database: dir.join("app.db") });
    using _robot = robot;
    await robot.at("none yet", "S");
    await robot.at("Write a configuration file first?", "y");
    await robot.news("✔ Wrote");
    await robot.at("Backups by themselves", "right", "down", "right", "down");
    await robot.at(/every Sunday at 02:00/, "ctrl+u", "25:00");
    await robot.at("✖", "ctrl+u", "04:30");
    const text = await robot.see(/every Sunday at 04:30/);
    equal(text.match(/ 04:30, in /g)?.length, 5);
    await robot.press("enter");
    await robot.news("✔ The schedule is on");
    const written = await Deno.readTextFile(dir.join("holdfast.json"));
    ok(written.includes('"kind": "weekly"') && written.includes('"at": "04:30"'), written);
    await robot.at(/Next +.* 04:30/, "q");
    equal((await left).code, 0);
  },
);

Deno.test("a person exports the database and moves the backup directory", async () => {
  await using dir = await tempDir();
  using app = application(dir);
  const database = dir.join("app.db");
  await backup({ database });
  const { robot, left } = openUi({ folder: dir.path, database });
  using _robot = robot;
  await robot.at("1 backup", "e");
  await robot.at("the database as it is now", "right", "right", "down", "out/", "enter");
  await robot.news("✔ Exported app.db");
  const [folder] = await Array.fromAsync(Deno.readDir(dir.join("out")));
  const csv = await Deno.readTextFile(dir.join("out", folder?.name ?? "", "works.csv"));
  const rows = csv.trim().split("\n");
  equal(rows.length, 1001);
  await robot.press("m");
  await robot.at("New directory", "ctrl+u", "~/elsewhere", "enter");
  await robot.news(/✔ \d+ files? .*moved to/);
  await robot.at("~/elsewhere", "b");
  await robot.news("✔ Backed up");
  await robot.at("2 backups", "q");
  equal((await left).code, 0);
  equal((await listBackups({ database, directory: dir.join("elsewhere") })).backups.length, 2);
  ok(app.isOpen);
});
