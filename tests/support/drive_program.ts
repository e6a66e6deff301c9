/**
 * The program with a target in Google Drive: the strict server stands in for Google.
 *
 * @module
 */

import assert from "node:assert/strict";
import { FakeDrive } from "../../plugins/google_drive/testing/fake_drive.ts";
import { checkedData, type Verb } from "./json_result.ts";
import { holdfastCommand, type Ran, runHoldfast } from "./run_holdfast.ts";
import { makeSampleDatabase } from "./sample_database.ts";
import { type TempDir, tempDir } from "./temp_dir.ts";

/** A database and its configuration, beside a fake Google. */
export interface DriveFolder extends AsyncDisposable {
  readonly fake: FakeDrive;
  readonly dir: TempDir;
  /** `target add` of this name, with the addresses of the fake Google. */
  adding(name: string): string;
}

/** Makes one. */
export async function driveFolder(): Promise<DriveFolder> {
  const [dir, fake] = [await tempDir(), await FakeDrive.start()];
  fake.now = Temporal.Now.instant();
  makeSampleDatabase(dir.join("app.db"));
  await Deno.writeTextFile(dir.join("holdfast.json"), '{ "database": "app.db" }');
  const settings = [
    `clientId=${fake.oauth.clientId}`,
    ...["apiBase", "authBase", "tokenBase"].map((name) => `${name}=${fake.base}`),
  ];
  const set = settings.map((setting) => `--set ${setting}`).join(" ");
  return {
    fake,
    dir,
    adding: (name) => `target add ${name} google_drive ${set}`,
    async [Symbol.asyncDispose]() {
      await fake[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

/** The program with the target `drive`, in pipes. */
export interface DriveProgram extends DriveFolder {
  readonly env: Readonly<Record<string, string>>;
  /** All that it printed. */
  readonly printed: string[];
  run(line: string): Promise<Ran>;
  data(verb: Verb, line: string): Promise<Record<string, unknown>>;
}

/** Makes one; nobody is signed in. */
export async function driveProgram(): Promise<DriveProgram> {
  const folder = await driveFolder();
  const { dir, fake } = folder;
  const env = {
    XDG_STATE_HOME: dir.join("state"),
    HOLDFAST_SECRET_DRIVE_CLIENT_SECRET: fake.oauth.clientSecret,
  };
  const printed: string[] = [];
  const run = async (line: string): Promise<Ran> => {
    const ran = await runHoldfast(line.split(" "), { cwd: dir.path, env });
    printed.push(ran.stdout, ran.stderr);
    return ran;
  };
  const added = await run(folder.adding("drive"));
  assert.equal(added.code, 0, added.stderr);
  return {
    ...folder,
    env,
    printed,
    run,
    async data(verb, line) {
      const ran = await run(`${line} --json`);
      return Object.fromEntries(Object.entries(checkedData(ran, verb) ?? {}));
    },
  };
}

/** The browser of a person who consents; gives the address that it came back to. */
export async function visitConsent(url: string): Promise<string> {
  const consent = await fetch(url, { redirect: "manual" });
  await consent.body?.cancel();
  const back = consent.headers.get("location") ?? "";
  await (await fetch(back)).body?.cancel();
  return back;
}

/** Signs in: the test is the browser that visits the address. */
export async function connectDrive({ dir, env, printed }: DriveProgram): Promise<void> {
  await using child = holdfastCommand(["target", "connect", "drive"], {
    cwd: dir.path,
    // No real browser comes up.
    env: { ...env, PATH: dir.path },
  }).spawn();
  const stdout = new Response(child.stdout).text();
  let seen = "";
  let visited = false;
  for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
    seen += text;
    const [url] = /http\S+(?=\s)/.exec(seen) ?? [];
    if (visited || url === undefined) continue;
    visited = true;
    await visitConsent(url);
  }
  printed.push(await stdout, seen);
  assert.equal((await child.status).code, 0, seen);
}
