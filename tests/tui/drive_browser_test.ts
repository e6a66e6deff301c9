import assert from "node:assert/strict";
import { renderUnicodeCompact } from "uqr";
import { drivePerson } from "../support/drive_person.ts";
import { visitConsent } from "../support/drive_program.ts";
import { requireProgram } from "../support/require_program.ts";
import { runHoldfast } from "../support/run_holdfast.ts";

for (const browser of [true, false]) {
  const way = browser
    ? "with the browser"
    : "by the address and a QR code, where no browser starts";
  Deno.test({
    ...requireProgram(
      ["tmux"],
      `a person signs in to Google Drive from the terminal UI ${way}`,
    ),
    fn: async () => {
      await using at = await drivePerson({ browser });
      const { screen, fake, dir } = at;
      const added = await runHoldfast(at.adding("drive").split(" "), { cwd: dir.path });
      assert.equal(added.code, 0, added.stderr);
      await screen.type(`export HOLDFAST_SECRET_DRIVE_CLIENT_SECRET=${fake.oauth.clientSecret}`);
      await at.type("tui");
      await screen.waitFor("none yet");
      await screen.press("t");
      await screen.waitFor(/drive +google_drive/);
      await screen.press("c");
      const waiting = await screen.waitFor("Waiting for the consent");
      const address = addressIn(waiting);
      const code = renderUnicodeCompact(address).split("\n");
      if (browser) assert.equal(address, (await at.opened()).href);
      assert.equal(code.every((line) => waiting.includes(line.trimEnd())), !browser, waiting);
      assert.equal(/[▀▄█]{8}/.test(waiting), !browser, waiting);

      await visitConsent(address);
      const ended = await screen.waitFor("✔ Target drive is connected");
      assert.match(ended, /Signed in to Google Drive as ada@example\.com/);
      assert.match(ended, /Copies go to the folder "holdfast"/);
      for (const secret of fake.oauth.secrets) assert.ok(!ended.includes(secret), ended);
      await screen.press("Enter");
      await screen.waitFor(/drive +google_drive/);
      await screen.press("q");
      await screen.waitFor("code=0");
      assert.equal(fake.oauth.signIns, 1);
      assert.deepEqual(fake.violations, []);
    },
  });
}

/** The address that is shown, from all the lines that it takes. */
function addressIn(screen: string): string {
  const lines = screen.split("\n").map((line) => line.trim());
  const from = lines.findIndex((line) => line.startsWith("http"));
  const length = lines.slice(from).findIndex((line) => !/^[\x21-\x7e]+$/.test(line));
  return lines.slice(from, from + length).join("");
}
