import assert from "node:assert/strict";
import type { BackupResult } from "../../mod.ts";
import { connectDrive, type DriveProgram, driveProgram } from "../support/drive_program.ts";
import { checkedData } from "../support/json_result.ts";
import { comes } from "../support/patience.ts";
import { holdfastCommand } from "../support/run_holdfast.ts";

/** The codes of the issues of `health`. */
async function issues(program: DriveProgram): Promise<readonly string[]> {
  const before = program.fake.seen.length;
  const data = await program.data("health", "health");
  assert.equal(program.fake.seen.length, before, "health asked Google");
  const [one] = data.databases as { readonly issues: readonly { readonly code: string }[] }[];
  return one?.issues.map(({ code }) => code) ?? [];
}

/** Everything that is not kept for the program alone: what it printed, and the files beside. */
async function showsNoSecret({ fake, dir, printed }: DriveProgram): Promise<void> {
  const files = [...walkFiles(dir.path)].filter((path) => !path.startsWith(dir.join("state")));
  assert.ok(files.some((path) => path.endsWith("catalog.db")), files.join(" "));
  const shown = [...printed, ...await Promise.all(files.map(latin))].join("\n");
  for (const secret of fake.oauth.secrets) {
    assert.ok(!shown.includes(secret), `shown: ${secret.replace(/-secret-.*/, "…")}`);
  }
}

function* walkFiles(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* walkFiles(`${folder}/${name}`);
    else yield `${folder}/${name}`;
  }
}

/** Bytes as text, also where they are none. */
async function latin(path: string): Promise<string> {
  return new TextDecoder("latin1").decode(await Deno.readFile(path));
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

  await connectDrive(program);
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

  await connectDrive(program);
  assert.equal(fake.oauth.signIns, 1);
  const removed = await data("target remove", "target remove drive");
  assert.equal(removed.signedOut, "done");
  assert.equal(fake.oauth.signIns, 0);
  const [scope = ""] = [...Deno.readDirSync(dir.join("state", "holdfast"))].map(({ name }) => name);
  assert.deepEqual([...Deno.readDirSync(dir.join("state", "holdfast", scope, "targets"))], []);
  await run("log");
  await run("doctor");
  await showsNoSecret(program);
  assert.deepEqual(fake.violations, []);
});

Deno.test("holdfast tells what a person did to the copies in Google Drive", async () => {
  await using program = await driveProgram();
  const { fake, run, data } = program;
  await connectDrive(program);
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
  await connectDrive(program);
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
    await connectDrive(program);
    const { fake, dir, env, data } = program;
    const { promise: atUpload, resolve: reached } = Promise.withResolvers<void>();
    const { promise: until, resolve: letGo } = Promise.withResolvers<void>();
    fake.faults.add({ step: "upload_simple", fault: { is: "hold", reached, until } });
    await using child = holdfastCommand(["backup", "--json"], { cwd: dir.path, env }).spawn();
    const output = child.output();
    await comes("the upload", Promise.race([atUpload, output]));
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
