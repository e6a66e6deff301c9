import { deepEqual, equal, ok } from "node:assert/strict";
import { driveFolder } from "../support/drive_program.ts";
import { downTo } from "./down_to.ts";
import { openUi } from "./open_ui.ts";

Deno.test(
  "a person adds Google Drive, signs in with the code of another device, and sees the folder",
  async () => {
    await using folder = await driveFolder();
    const { dir, fake } = folder;
    fake.oauth.deviceInterval = 1;
    const { robot, left } = openUi({
      folder: dir.path,
      database: dir.join("app.db"),
      configuration: dir.join("holdfast.json"),
      columns: 100,
      rows: 45,
    });
    using _robot = robot;
    await robot.at("none yet", "t");
    await robot.at("There is no target yet", "n");
    await robot.see("New target");
    for (let i = 0; i < 9 && !/Kind +‹ google_drive ›/.test(robot.text()); i++) {
      const before = /Kind .*/.exec(robot.text())?.[0];
      await robot.press("right");
      await robot.until((text) => /Kind .*/.exec(text)?.[0] !== before, "the next kind");
    }
    await robot.press("down", "drive");
    const texts = [["clientId", fake.oauth.clientId], ["clientSecret", fake.oauth.clientSecret]];
    for (const [name = "", text = ""] of texts) {
      await downTo(robot, name);
      await robot.press(text);
    }
    await downTo(robot, "flow");
    await robot.press("right");
    await robot.see(/flow +‹ device ›/);
    await downTo(robot, "More settings");
    await robot.press("right");
    for (const name of ["apiBase", "authBase", "tokenBase"]) {
      await downTo(robot, name);
      await robot.press(fake.base);
    }
    await robot.press("enter");
    await robot.at("Sign in to drive now?", "y");
    const shown = await robot.see("type this code there:  GQVQ-JKEC");
    ok(shown.includes(`${fake.base}/device`), shown);
    // It comes a moment after the address, and stays.
    await robot.until((text) => qrLines(text) >= 10, "the QR code");
    await robot.see("Signed in to Google Drive as ada@example.com");
    await robot.at("✔ Target drive is connected", "enter");
    // Its room is asked for once it is signed in.
    await robot.at(/drive +google_drive/, "q");
    equal((await left).code, 0);
    ok(!robot.text().includes(fake.oauth.clientSecret));
    deepEqual(fake.violations, []);
  },
);

/** Lines that are a part of a QR code and nothing else. */
function qrLines(text: string): number {
  return text.split("\n").filter((line) => /^[ █▀▄]{20,}$/.test(line) && /[█▀▄]/.test(line)).length;
}
