import assert from "node:assert/strict";
import { type DrivePerson, drivePerson } from "../support/drive_person.ts";
import { visitConsent } from "../support/drive_program.ts";
import { requireProgram } from "../support/require_program.ts";

/** Answers the two secrets that are asked for: the client's, and no identity. */
async function answerSecrets({ screen, fake }: DrivePerson): Promise<void> {
  await screen.waitFor("clientSecret");
  await screen.type(fake.oauth.clientSecret);
  await screen.waitFor("tokenIdentity");
  await screen.press("Enter");
}

Deno.test({
  ...requireProgram(
    ["tmux"],
    "holdfast target add opens the browser, waits for the consent, and keeps the sign-in for its owner only",
  ),
  fn: async () => {
    await using at = await drivePerson();
    const { screen, fake } = at;
    await screen.type("umask 000");
    await at.type(at.adding("drive"));
    await answerSecrets(at);
    const url = await at.opened();
    const waiting = await screen.waitFor("Waiting for the consent");
    assert.match(waiting, /Open this address in a browser/);
    assert.doesNotMatch(waiting, /[▀▄█]{8}/, "the browser is there: no QR code");
    const back = await visitConsent(url.href);
    const ended = await screen.waitFor(/code=\d/);
    assert.match(ended, /Signed in to Google Drive as ada@example\.com/);
    assert.match(ended, /Target drive is in /);
    assert.match(ended, /code=0/);
    assert.ok(await screen.hasCursor());
    for (const secret of fake.oauth.secrets) assert.ok(!ended.includes(secret), ended);
    await assert.rejects(fetch(back), TypeError, "the address is closed");
    const { config, states } = await at.kept();
    assert.match(config, /"drive": \{\s+"kind": "google_drive"/);
    assert.ok(!config.includes(fake.oauth.clientSecret));
    assert.deepEqual(states, [
      "drive.json 600",
      "drive.json.lock 600",
      "holdfast 700",
      "scope 700",
      "secrets.json 600",
      "secrets.json.lock 600",
      "targets 700",
    ]);
    assert.deepEqual(fake.violations, []);
  },
});

Deno.test({
  ...requireProgram(["tmux"], "holdfast target add that is stopped while it waits leaves nothing"),
  fn: async () => {
    await using at = await drivePerson();
    const { screen } = at;
    const before = await at.kept();
    await at.type(at.adding("drive"));
    await answerSecrets(at);
    const url = await at.opened();
    await screen.waitFor("Waiting for the consent");
    await screen.press("C-c");
    const ended = await screen.waitFor(/code=\d+/);
    assert.match(ended, /^error CANCELLED: Stopped before it ended$/m);
    assert.match(ended, /^code=130$/m);
    assert.ok(await screen.hasCursor());
    await assert.rejects(fetch(url.searchParams.get("redirect_uri") ?? ""), TypeError);
    const { config, states } = await at.kept();
    assert.equal(config, before.config);
    assert.deepEqual(states.filter((name) => name.endsWith("600")), []);
  },
});

Deno.test({
  ...requireProgram(
    ["tmux"],
    "holdfast target add and connect say so where the consent is refused, or another's answer comes",
  ),
  fn: async () => {
    await using at = await drivePerson();
    const { screen, fake } = at;
    await at.type(at.adding("drive"));
    await answerSecrets(at);
    const redirect = new URL((await at.opened()).searchParams.get("redirect_uri") ?? "");
    redirect.search = "?code=of-somebody-else&state=of-somebody-else";
    await (await fetch(redirect)).body?.cancel();
    const added = await screen.waitFor(/code=\d+/);
    assert.match(added, /its state is not ours/);
    assert.match(added, /Sign in with: holdfast target connect drive/);
    assert.match(added, /^code=3$/m);
    assert.equal(fake.count("token"), 0);
    assert.match((await at.kept()).config, /"google_drive"/);

    fake.oauth.consent = "deny";
    await at.type("target connect drive");
    await visitConsent((await at.opened()).href);
    const refused = await screen.waitFor(/code=\d+/);
    assert.match(refused, /the consent was refused/);
    assert.match(refused, /^code=1$/m);

    fake.oauth.consent = "allow";
    await at.type("target connect drive");
    await visitConsent((await at.opened()).href);
    await screen.waitFor("code=0");
    assert.equal(fake.oauth.signIns, 1);
  },
});

Deno.test({
  ...requireProgram(
    ["tmux"],
    "holdfast target add on a machine without a browser shows a QR code and the code to type",
  ),
  fn: async () => {
    await using at = await drivePerson({ browser: false });
    const { screen, fake } = at;
    fake.oauth.deviceInterval = 1;
    fake.oauth.devicePending = 1;
    await at.type(`${at.adding("drive")} --set flow=device`);
    await answerSecrets(at);
    const ended = await screen.waitFor(/code=\d/);
    assert.match(ended, /and type this code there: {2}GQVQ-JKEC/);
    assert.match(ended, /[▀▄█]{8}/);
    assert.match(ended, /code=0/);
    assert.equal(fake.oauth.signIns, 1);

    await at.type("target connect drive");
    await screen.waitFor("GQVQ-JKEC");
    await screen.press("C-c");
    assert.match(await screen.waitFor(/code=\d+/), /^code=130$/m);
    assert.deepEqual(fake.violations, []);
  },
});
