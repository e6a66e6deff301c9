import assert from "node:assert/strict";
import { newAgeKey } from "../../plugins/age/mod.ts";
import { resultOf, runHoldfast } from "../support/run_holdfast.ts";
import { countRows, execSql, makeSampleDatabase } from "../support/sample_database.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";

/** A configured database and two folders for copies. */
async function prepared(): Promise<TempDir> {
  const dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  for (const name of ["usb", "safe", "zips"]) await Deno.mkdir(dir.join(name));
  const { code, stderr } = await runHoldfast(["init", "app.db"], { cwd: dir.path });
  assert.equal(code, 0, stderr);
  return dir;
}

Deno.test("holdfast target, backup, restore --target: encrypted copies from end to end", async () => {
  await using dir = await prepared();
  const run = async (line: string, wanted = 0): Promise<Record<string, unknown>> => {
    const { code, stdout, stderr } = await runHoldfast([...line.split(" "), "--json"], {
      cwd: dir.path,
    });
    assert.equal(code, wanted, `${line}: ${stderr}${stdout}`);
    return resultOf(stdout);
  };
  await run("key new key.txt --sheet sheet.txt");
  await run("target add safe folder:safe --codec zstd --codec age --set age.identityFile=key.txt");
  await run("target add safe folder:usb", 2);
  await run("backup");
  const [folder = ""] = [...Deno.readDirSync(dir.join("safe"))].map(({ name }) => name)
    .filter((name) => name.startsWith("app-"));
  const names = [...Deno.readDirSync(dir.join("safe", folder))].map(({ name }) => name).sort();
  assert.equal(names.length, 2);
  assert.match(names[0] ?? "", /\.db\.zst\.age$/);

  await run("verify --target safe");
  await run("key check safe");
  await run("list --target safe");
  execSql(dir.join("app.db"), "DELETE FROM works");
  await run("restore --target safe --yes");
  assert.equal(countRows(dir.join("app.db"), "works"), 3);

  await Deno.remove(dir.join("key.txt"));
  await run("key check safe", 12);
  await run("restore --target safe --yes", 12);
});

Deno.test("holdfast backup ends with 3 where a copy does not arrive, 1 where it must", async () => {
  await using dir = await prepared();
  const run = (line: string) => runHoldfast(line.split(" "), { cwd: dir.path });
  assert.equal((await run("target add away sftp:127.0.0.1 --set port=1 --set user=me")).code, 0);
  const partly = await run("backup");
  assert.equal(partly.code, 3, partly.stderr);
  assert.match(partly.stderr, /Target "away"/);
  const must = await run("target add away folder:nowhere --required --force");
  assert.equal(must.code, 0, must.stderr);
  await Deno.writeTextFile(dir.join("nowhere"), "no folder");
  const without = await run("backup");
  assert.equal(without.code, 1);
  assert.match(without.stderr, /^error TARGET_FAILED: The copy on "away" is required/m);
  const failed = await run("push");
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /^error [A-Z_]+: Target "away"/m);
  assert.ok(!failed.stderr.includes("warning"), failed.stderr);
  assert.equal((await run("target disable away")).code, 0);
  assert.equal((await run("backup --to zip:zips")).code, 0);
  const listed = await run("list --target zip:zips");
  assert.match(listed.stdout, /whole/);
});

Deno.test("holdfast target add refuses a mistyped recipient, and shows no identity", async () => {
  await using dir = await prepared();
  const { identity, recipient } = await newAgeKey();
  const before = await Deno.readTextFile(dir.join("holdfast.json"));
  const add = "target add safe folder:safe --codec age --set age.recipients=";
  for (const wrong of [`${recipient},${recipient.slice(0, -1)}`, identity]) {
    const { code, stdout, stderr } = await runHoldfast(`${add}${wrong}`.split(" "), {
      cwd: dir.path,
    });
    assert.equal(code, 2, stderr);
    assert.match(stderr, /CONFIG_INVALID: Cannot use "recipients" of codec "age"/);
    assert.ok(!`${stdout}${stderr}`.includes(identity.slice(16, 30)), stderr);
  }
  assert.equal(await Deno.readTextFile(dir.join("holdfast.json")), before);
});

Deno.test("holdfast target add keeps secrets out of the arguments, the file and the output", async () => {
  await using dir = await prepared();
  const secret = "s3cr3t-v4lue";
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "-A",
      new URL("../../cli.ts", import.meta.url).pathname,
      "target",
      "add",
      "bucket",
      "s3:mine",
      "--secrets-stdin",
    ],
    cwd: dir.path,
    env: {
      HOME: dir.path,
      XDG_STATE_HOME: dir.join("state"),
      DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`,
    },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(`secretAccessKey=${secret}\n`));
  await writer.close();
  const { code, stdout, stderr } = await process.output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assert.equal(code, 0, said);
  assert.ok(!said.includes(secret));
  assert.ok(!(await Deno.readTextFile(dir.join("holdfast.json"))).includes(secret));
  const [scope = ""] = [...Deno.readDirSync(dir.join("state", "holdfast"))].map(({ name }) => name);
  const file = dir.join("state", "holdfast", scope, "secrets.json");
  assert.equal(((await Deno.stat(file)).mode ?? 0) & 0o077, 0);
  assert.ok((await Deno.readTextFile(file)).includes(secret));

  const env = { XDG_STATE_HOME: dir.join("state") };
  const shown = await runHoldfast(["target", "show", "bucket"], { cwd: dir.path, env });
  assert.match(shown.stdout, /secretAccessKey {2}\(set\)/);
  assert.ok(!shown.stdout.includes(secret));
  assert.equal((await runHoldfast(["target", "remove", "bucket"], { cwd: dir.path, env })).code, 0);
  assert.ok(!(await Deno.readTextFile(file)).includes(secret));
});

Deno.test("holdfast target remove signs out first, and goes on where that fails", async () => {
  await using dir = await prepared();
  const away = dir.join("signed_out");
  const plugin = (step: string): Promise<void> =>
    Deno.writeTextFile(
      dir.join("shelf.ts"),
      `const create = () => ({});
export default { name: "shelf", summary: "A shelf.", targets: { shelf: {
  summary: "A shelf.", settings: [], create, async disconnect({ name }) { ${step} },
} } };`,
    );
  const file = dir.join("holdfast.json");
  const run = (line: string) => runHoldfast(line.split(" "), { cwd: dir.path });
  await plugin(`await Deno.writeTextFile(${JSON.stringify(away)}, name);`);
  await Deno.writeTextFile(
    file,
    JSON.stringify({ databases: { app: { path: "app.db" } }, plugins: ["./shelf.ts"] }),
  );
  assert.equal((await run("target add one shelf")).code, 0);
  const removed = await run("target remove one");
  assert.equal(removed.code, 0, removed.stderr);
  assert.equal(await Deno.readTextFile(away), "one");

  await plugin(`throw new Error("it is away");`);
  assert.equal((await run("target add two shelf")).code, 0);
  const partly = await run("target remove two");
  assert.equal(partly.code, 3, partly.stderr);
  assert.match(`${partly.stdout}${partly.stderr}`, /it is away/);
  assert.equal((await run("target show two")).code, 2);
});
