import assert from "node:assert/strict";
import {
  bareEnvironment,
  holdfastCommand,
  resultOf,
  runHoldfast,
} from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";

const file = `{
  // two of them
  "databases": {
    "app": { "path": "app.db", "verify": "quick" },
    "users": { "path": "users.db" } // people
  },
  "warnSizeMB": 7,
  "targets": { "s": { "kind": "s3", "enabled": false, "settings": { "secretAccessKey": "TOPSECRET", "bucket": "b" } } }
}
`;

async function prepared(): Promise<TempDir> {
  const dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  makeSampleDatabase(dir.join("users.db"));
  await Deno.writeTextFile(dir.join("holdfast.json"), file);
  return dir;
}

Deno.test("holdfast backup takes every configured database, with its own settings, from below too", async () => {
  await using dir = await prepared();
  await Deno.mkdir(dir.join("deep"));
  const ran = await runHoldfast(["backup", "--json", "-q"], { cwd: dir.join("deep") });
  assert.equal(ran.code, 0, ran.stdout);
  const { backups } = resultOf(ran.stdout).data as {
    backups: { database: string; backup: { metadata: { verify: string } } }[];
  };
  assert.deepEqual(backups.map(({ database }) => database), [
    dir.join("app.db"),
    dir.join("users.db"),
  ]);
  assert.deepEqual(backups.map(({ backup }) => backup.metadata.verify), ["quick", "full"]);
  const list = await runHoldfast(["list", "users"], { cwd: dir.path });
  assert.equal(list.stdout.trimEnd().split("\n").length, 2);
  const verify = await runHoldfast(["verify"], { cwd: dir.path });
  assert.equal(verify.code, 2);
  assert.match(verify.stderr, /Cannot tell which of app, users is meant\n.*--database app/);
});

Deno.test("holdfast backup goes on after a failing database and ends with 3", async () => {
  await using dir = await prepared();
  const ran = await runHoldfast(["backup", "app", "no.db", "users"], { cwd: dir.path });
  assert.equal(ran.code, 3);
  assert.match(ran.stdout, /^app\.db → /m);
  assert.match(ran.stdout, /^no\.db failed, DATABASE_MISSING: /m);
  assert.match(ran.stdout, /^users\.db → /m);
  assert.match(ran.stderr, /2 of 3 backed up/);
  const none = await runHoldfast(["backup", "no.db", "nor.db"], { cwd: dir.path });
  assert.equal(none.code, 10);
});

Deno.test("holdfast backup takes the files of a quoted pattern", async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("one.db"));
  makeSampleDatabase(dir.join("two.db"));
  await Deno.writeTextFile(dir.join("notes.db"), "no database");
  const ran = await runHoldfast(["backup", "*.db"], { cwd: dir.path });
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stderr, /2 of 2 backed up/);
});

Deno.test("holdfast backup keeps what the configured policy says", async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  const config = { database: "app.db", verify: "quick", retention: { keepLast: 3 } };
  await Deno.writeTextFile(dir.join("holdfast.json"), JSON.stringify(config));
  for (let i = 0; i < 4; i++) {
    const ran = await runHoldfast(["backup"], { cwd: dir.path });
    assert.equal(ran.code, 0, ran.stderr);
  }
  const { stdout } = await runHoldfast(["list"], { cwd: dir.path });
  assert.equal(stdout.trimEnd().split("\n").length, 1 + 3, stdout);
});

Deno.test("holdfast config list --origin says where each setting came from", async () => {
  await using dir = await prepared();
  const env = { HOLDFAST_MAX_HOLD: "9s" };
  const args = ["config", "list", "--origin", "--database", "app", "--directory", "kept"];
  const { code, stdout } = await runHoldfast(args, { cwd: dir.path, env });
  assert.equal(code, 0);
  assert.match(stdout, /^verify\s+"quick"\s+file \(databases\.app\.verify\)$/m);
  assert.match(stdout, /^warnSizeMB\s+7\s+file \(warnSizeMB\)$/m);
  assert.match(stdout, /^maxHold\s+"9s"\s+environment \(HOLDFAST_MAX_HOLD\)$/m);
  assert.match(stdout, /^directory\s+".*\/kept"\s+flag$/m);
  assert.match(stdout, /^engine\s+"auto"\s+default$/m);
  assert.match(stdout, /^retention\.keepWithin\s+"24h"\s+default$/m);
});

Deno.test("holdfast config never prints a secret", async () => {
  await using dir = await prepared();
  for (
    const args of [["config", "list"], ["config", "list", "--json"], ["config", "get", "targets"]]
  ) {
    const { stdout, stderr } = await runHoldfast(args, { cwd: dir.path });
    assert.ok(!`${stdout}${stderr}`.includes("TOPSECRET"), args.join(" "));
    assert.ok(stdout.includes("(hidden)"), stdout);
  }
});

Deno.test("holdfast config set, get and unset change the file and keep its comments", async () => {
  await using dir = await prepared();
  const run = (...args: string[]) => runHoldfast(["config", ...args], { cwd: dir.path });
  assert.equal((await run("set", "schedule.at", "03:30")).code, 0);
  assert.equal((await run("get", "schedule.at")).stdout, "03:30\n");
  assert.equal((await run("set", "expectTables", "works", "notes")).code, 0);
  assert.equal((await run("get", "expectTables")).stdout, '["works","notes"]\n');
  assert.equal((await run("set", "verify", "none", "--database", "users")).code, 0);
  assert.equal((await run("get", "databases.users.verify")).stdout, "none\n");
  assert.equal((await run("get", "databases.app.verify")).stdout, "quick\n");
  assert.equal((await run("unset", "databases.users.verify")).code, 0);
  assert.equal((await run("unset", "schedule")).code, 0);
  assert.equal((await run("unset", "expectTables")).code, 0);
  const text = await Deno.readTextFile(dir.join("holdfast.json"));
  assert.equal(text.replace(/\s+/g, ""), file.replace(/\s+/g, ""));
  assert.equal((await run("check")).code, 0);
});

Deno.test("holdfast config check shows everything that is wrong, and strange variables", async () => {
  await using dir = await tempDir();
  await Deno.writeTextFile(dir.join("holdfast.json"), '{ "verfy": 1, "maxHold": "soon" }');
  const env = { HOLDFAST_WARN_SIZEMB: "3" };
  const ran = await runHoldfast(["config", "check"], { cwd: dir.path, env });
  assert.equal(ran.code, 2);
  assert.match(ran.stdout, /unknown setting "verfy"\n {2}Did you mean "verify"\?/);
  assert.match(ran.stdout, /"maxHold" = "soon": a duration/);
  assert.match(
    ran.stderr,
    /HOLDFAST_WARN_SIZEMB: it is ignored\n {2}Did you mean HOLDFAST_WARN_SIZE_MB/,
  );
});

Deno.test({
  name: "holdfast config edit opens the editor and refuses what it leaves broken",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using dir = await prepared();
    const editor = dir.join("editor.sh");
    await Deno.writeTextFile(editor, '#!/bin/sh\necho \'{ "verfy": 1 }\' > "$1"\n', {
      mode: 0o755,
    });
    const edit = (program: string) =>
      runHoldfast(["config", "edit"], { cwd: dir.path, env: { EDITOR: program } });
    assert.equal((await edit("true")).code, 0);
    assert.equal((await edit("no-such-editor")).code, 2);
    const broken = await edit(editor);
    assert.equal(broken.code, 2);
    assert.match(broken.stderr, /Did you mean "verify"/);
  },
});

Deno.test("holdfast init writes a file that is good, and replaces none without --force", async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  await Deno.mkdir(dir.join("data"));
  makeSampleDatabase(dir.join("data", "app.db"));
  makeSampleDatabase(dir.join("data", "ünï.db"));
  const run = (...args: string[]) => runHoldfast(args, { cwd: dir.path });
  assert.equal((await run("init", "app.db")).code, 0);
  assert.equal((await run("config", "check")).code, 0);
  const again = await run("init", "app.db");
  assert.equal(again.code, 1);
  assert.match(again.stderr, /DESTINATION_EXISTS/);
  assert.equal((await run("init", "app.db", "data/app.db", "data/ünï.db", "--force")).code, 0);
  const { data } = resultOf((await run("config", "list", "--json")).stdout);
  const { databases } = data as { databases: { name: string; path: string }[] };
  assert.deepEqual(databases.map(({ path }) => path), [
    dir.join("app.db"),
    dir.join("data", "app.db"),
    dir.join("data", "ünï.db"),
  ]);
  assert.equal(new Set(databases.map(({ name }) => name)).size, 3);
  assert.equal((await run("backup")).code, 0);
});

Deno.test("holdfast runs with nothing but the permissions that deno.json names", async () => {
  await using dir = await prepared();
  const command = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "--no-prompt",
      "-P",
      new URL("../../cli.ts", import.meta.url).href,
      "backup",
      "app",
    ],
    cwd: dir.path,
    clearEnv: true,
    env: bareEnvironment(dir.path),
    stdin: "null",
  });
  const { code, stderr } = await command.output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
});

Deno.test("holdfast says which permission is missing", async () => {
  await using dir = await prepared();
  const plain = holdfastCommand(["list"], { cwd: dir.path });
  assert.equal((await plain.output()).code, 0);
  const command = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "--no-prompt",
      "--allow-read",
      new URL("../../cli.ts", import.meta.url).href,
      "backup",
      "app.db",
    ],
    cwd: dir.path,
    stdin: "null",
  });
  const { code, stderr } = await command.output();
  const text = new TextDecoder().decode(stderr);
  assert.equal(code, 12, text);
  assert.match(text, /PERMISSION_DENIED/);
});
