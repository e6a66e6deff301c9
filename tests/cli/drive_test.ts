import assert from "node:assert/strict";
import type { BackupResult } from "../../mod.ts";
import { FakeDrive } from "../../plugins/google_drive/testing/fake_drive.ts";
import { checkedData, type Verb } from "../support/json_result.ts";
import { holdfastCommand, type Ran, runHoldfast } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";

/** The program beside a fake Google. */
interface DriveProgram extends AsyncDisposable {
  readonly fake: FakeDrive;
  readonly dir: TempDir;
  readonly env: Readonly<Record<string, string>>;
  run(line: string): Promise<Ran>;
  data(verb: Verb, line: string): Promise<Record<string, unknown>>;
}

async function driveProgram(): Promise<DriveProgram> {
  const [dir, fake] = [await tempDir(), await FakeDrive.start()];
  fake.now = Temporal.Now.instant();
  makeSampleDatabase(dir.join("app.db"));
  await Deno.writeTextFile(dir.join("holdfast.json"), '{ "database": "app.db" }');
  const env = {
    XDG_STATE_HOME: dir.join("state"),
    HOLDFAST_SECRET_DRIVE_CLIENT_SECRET: fake.oauth.clientSecret,
  };
  const run = (line: string): Promise<Ran> => runHoldfast(line.split(" "), { cwd: dir.path, env });
  const bases = ["apiBase", "authBase", "tokenBase"].map((name) => `--set ${name}=${fake.base}`);
  const added = await run(
    `target add drive google_drive --set clientId=${fake.oauth.clientId} ${bases.join(" ")}`,
  );
  assert.equal(added.code, 0, added.stderr);
  return {
    fake,
    dir,
    env,
    run,
    async data(verb, line) {
      const ran = await run(`${line} --json`);
      return Object.fromEntries(Object.entries(checkedData(ran, verb) ?? {}));
    },
    async [Symbol.asyncDispose]() {
      await fake[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

/** Signs in: the test is the browser that visits the address. */
async function connect({ dir, env }: DriveProgram): Promise<void> {
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
    const consent = await fetch(url, { redirect: "manual" });
    await consent.body?.cancel();
    const back = await fetch(consent.headers.get("location") ?? "");
    await back.body?.cancel();
  }
  assert.equal((await child.status).code, 0, `${seen}${await stdout}`);
}

/** The codes of the issues of `health`. */
async function issues(program: DriveProgram): Promise<readonly string[]> {
  const before = program.fake.seen.length;
  const data = await program.data("health", "health");
  assert.equal(program.fake.seen.length, before, "health asked Google");
  const [one] = data.databases as { readonly issues: readonly { readonly code: string }[] }[];
  return one?.issues.map(({ code }) => code) ?? [];
}

Deno.test("holdfast tells of Google Drive who is signed in, and health when nobody is", async () => {
  await using program = await driveProgram();
  const { fake, dir, run, data } = program;
  const again = await run("target add drive google_drive --set folder=other");
  assert.equal(again.code, 2);
  assert.match(again.stderr, /holdfast target connect drive/);
  const changed = await data("target add", "target add drive google_drive --set folder=mine --yes");
  const { settings } = changed.target as { readonly settings: Record<string, unknown> };
  assert.deepEqual([settings.folder, settings.clientId], ["mine", fake.oauth.clientId]);

  await run("backup --no-copies");
  assert.deepEqual(await issues(program), ["OFFSITE_OLD", "TARGET_NOT_CONNECTED"]);
  const before = (await data("target show", "target show drive")).place as Record<string, unknown>;
  assert.equal(before.connected, false);

  await connect(program);
  const pushed = await run("push");
  assert.equal(pushed.code, 0, pushed.stderr);
  assert.deepEqual(await issues(program), []);
  const shown = await run("target show drive");
  assert.match(
    shown.stdout,
    /connected {2}yes\n {2}account .*<ada@example\.com>\n {2}folder {2}mine/,
  );
  assert.match(shown.stdout, /room .* total/);
  const { place } = await data("target show", "target show drive");
  assert.equal((place as { readonly connected: boolean }).connected, true);

  fake.oauth.endAll();
  fake.oauth.expireAccess();
  assert.equal((await run("push")).code, 1);
  assert.deepEqual(await issues(program), ["TARGET_TOKEN_DEAD"]);

  await connect(program);
  assert.equal(fake.oauth.signIns, 1);
  const removed = await data("target remove", "target remove drive");
  assert.equal(removed.signedOut, "done");
  assert.equal(fake.oauth.signIns, 0);
  const [scope = ""] = [...Deno.readDirSync(dir.join("state", "holdfast"))].map(({ name }) => name);
  assert.deepEqual([...Deno.readDirSync(dir.join("state", "holdfast", scope, "targets"))], []);
  assert.deepEqual(fake.violations, []);
});

Deno.test("holdfast tells what a person did to the copies in Google Drive", async () => {
  await using program = await driveProgram();
  const { fake, run, data } = program;
  await connect(program);
  const backed = await run("backup");
  assert.equal(backed.code, 0, backed.stderr);
  const artifact = fake.files.all.values().find(({ name }) => name.endsWith(".db"));
  assert.ok(artifact);
  const { name } = artifact;

  artifact.name = "my old backup";
  const listed = await run("list --target drive");
  assert.match(listed.stderr, /is now called "my old backup"/);
  assert.match(listed.stdout, /whole/);
  const verified = await data("verify", "verify --target drive");
  assert.equal(verified.ok, true);
  const warnings = verified.warnings as readonly { readonly code: string }[];
  assert.deepEqual(warnings.map(({ code }) => code), ["TARGET_RENAMED"]);
  assert.deepEqual(await issues(program), ["TARGET_RENAMED"]);

  artifact.name = name;
  fake.files.delete(artifact.id);
  const gone = await run("verify --target drive");
  assert.equal(gone.code, 20, gone.stderr);
  assert.match(gone.stdout, /it is gone/);
  assert.deepEqual(await issues(program), ["COPIES_BAD"]);
  assert.equal((await run("push")).code, 0);
  assert.deepEqual(await issues(program), []);
  assert.deepEqual(fake.violations, []);
});

Deno.test("holdfast target remove says so where Google cannot be told, and forgets all the same", async () => {
  await using program = await driveProgram();
  await connect(program);
  program.fake.faults.add({ step: "revoke", fault: { is: "status", status: 403 } });
  const removed = await program.run("target remove drive");
  assert.equal(removed.code, 3, removed.stderr);
  assert.match(removed.stderr, /myaccount\.google\.com\/connections/);
  assert.match(await Deno.readTextFile(program.dir.join("holdfast.json")), /^(?!.*google_drive)/s);
});

Deno.test({
  name:
    "holdfast backup that is stopped while its copy is sent keeps the backup, and push sends it",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using program = await driveProgram();
    await connect(program);
    const { fake, dir, env, data } = program;
    const { promise: atUpload, resolve: reached } = Promise.withResolvers<void>();
    const { promise: until, resolve: letGo } = Promise.withResolvers<void>();
    fake.faults.add({ step: "upload_simple", fault: { is: "hold", reached, until } });
    await using child = holdfastCommand(["backup", "--json"], { cwd: dir.path, env }).spawn();
    const output = child.output();
    await atUpload;
    child.kill("SIGINT");
    const { code, stdout, stderr } = await output;
    letGo();
    const decoder = new TextDecoder();
    const ran = { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
    assert.equal(code, 3, `${ran.stdout}${ran.stderr}`);
    const { backups } = checkedData(ran, "backup") as {
      readonly backups: readonly { readonly ok: boolean; readonly backup: BackupResult }[];
    };
    assert.equal(backups[0]?.ok, true);
    const [target] = backups[0].backup.targets;
    assert.equal(target?.error?.code, "CANCELLED");
    assert.match(ran.stdout, /"COPY_PENDING"/);
    assert.match(target?.error?.hint ?? "", /kept.*holdfast push/);
    assert.equal((await Deno.stat(backups[0].backup.path)).size, backups[0].backup.size);

    const { targets } = await data("push", "push") as Pick<BackupResult, "targets">;
    assert.deepEqual(targets[0]?.copies.map(({ id }) => id), [backups[0].backup.id]);
  },
});
