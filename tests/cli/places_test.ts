import assert from "node:assert/strict";
import { type BadInput, refusesEach } from "../support/bad_input.ts";
import { requireProgram } from "../support/require_program.ts";
import { runHoldfast } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";

/** A database with a configuration. */
async function prepared(): Promise<TempDir> {
  const dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  await Deno.writeTextFile(dir.join("holdfast.json"), '{ "database": "app.db" }');
  return dir;
}

const add = ["target", "add", "far"];

const rows: readonly BadInput[] = [
  [[...add, "s4:mine"], 2, 'Cannot find the kind of target "s4"\n  Did you mean "s3"?'],
  [[...add, "moon:base"], 2, 'Known are "folder", "google_drive", "rclone"'],
  [[...add, "folder:usb", "--codec", "zstdd"], 2, 'Did you mean "zstd"?'],
  [["list", "--target", "s4:mine"], 2, 'Cannot find the kind of target "s4"'],
  [[...add, "s3:"], 2, '"bucket" is missing'],
  [[...add, "rclone:remote"], 2, '"remote" is not of the form name:path'],
  [[...add, "sftp:nas", "--set", "user=me", "--set", "hostKey=abc"], 2, "is no fingerprint"],
  [[...add, "webdav:ftp://example.com"], 2, "is not an address such as https://example.com"],
  [[...add, "webdav:https://ada:hush@example.com"], 2, "it holds a user or a password"],
];

Deno.test("holdfast target add says what is wrong with a place before anything is written", async () => {
  await using dir = await prepared();
  await refusesEach(rows, dir.path);
});

Deno.test("holdfast target add and check try the key that copies would be encrypted for", async () => {
  await using dir = await prepared();
  const run = (line: string) => runHoldfast(line.split(" "), { cwd: dir.path });
  const before = await Deno.readTextFile(dir.join("holdfast.json"));
  const without = await run("target add far folder:far --codec age");
  assert.equal(without.code, 1);
  assert.match(without.stderr, /TARGET_FAILED: .*Cannot encrypt: no recipient/);
  const missing = "target add far folder:far --codec age --set age.identityFile=key.txt";
  assert.match((await run(missing)).stderr, /Cannot read the identity file/);
  assert.equal(await Deno.readTextFile(dir.join("holdfast.json")), before);

  assert.equal((await run("key new key.txt")).code, 0);
  assert.equal((await run(missing)).code, 0);
  await Deno.remove(dir.join("key.txt"));
  const checked = await run("target check far");
  assert.equal(checked.code, 1);
  assert.match(checked.stderr, /^error TARGET_FAILED: .*Cannot read the identity file/m);
});

Deno.test("holdfast target check of a place that cannot be written to fails once, with what to do", async () => {
  await using dir = await prepared();
  const run = (line: string) => runHoldfast(line.split(" "), { cwd: dir.path });
  assert.equal((await run("target add far folder:nowhere/deep")).code, 0);
  const { code, stdout, stderr } = await run("target check far");
  assert.equal(code, 1);
  assert.match(stderr, /^error TARGET_FAILED: Target "far": .*: not there\n {2}Connect its drive/m);
  assert.equal(stdout, "");
  await run("backup --no-copies");
  const pushed = await run("push");
  assert.equal(pushed.code, 1, pushed.stderr);
  assert.match(pushed.stdout, /^copy on far: TARGET_FAILED$/m);
  const named = await run("push far");
  assert.equal(named.code, 10);
  assert.match(named.stderr, /"far" is a target: holdfast push --to far/);
});

Deno.test({
  ...requireProgram(["rclone"], "holdfast sends copies by the rclone that is on the path"),
  fn: async () => {
    await using dir = await prepared();
    const run = async (line: string): Promise<string> => {
      const { code, stdout, stderr } = await runHoldfast(line.split(" "), { cwd: dir.path });
      assert.equal(code, 0, `${line}: ${stderr}`);
      return stdout;
    };
    await run(`target add far rclone:here:${dir.join("far")} --set options=type=local`);
    await run("backup");
    assert.match(await run("list --target far"), /whole/);
    await run("drill --target far");
  },
});
