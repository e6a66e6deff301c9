import assert from "node:assert/strict";
import { newsServer } from "../support/news_server.ts";
import { holdfastCommand, type Ran, resultOf, runHoldfast } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";

async function configured(): Promise<TempDir> {
  const dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  await Deno.writeTextFile(dir.join("holdfast.json"), '{ "database": "app.db" /* mine */ }');
  return dir;
}

/** Runs it with lines on its standard input. */
async function runWithInput(args: readonly string[], cwd: string, input: string): Promise<Ran> {
  const child = holdfastCommand(args, { cwd, stdin: "piped" }).spawn();
  const fed = new Response(input).body?.pipeTo(child.stdin);
  const [{ code, stdout, stderr }] = await Promise.all([child.output(), fed]);
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** The files of secrets below a home. */
function secretFiles(home: string): string[] {
  const base = `${home}/.local/state/holdfast`;
  try {
    return [...Deno.readDirSync(base)].map(({ name }) => `${base}/${name}/secrets.json`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

Deno.test("holdfast notify add keeps the secrets of a notifier in a file of their own, and forgets them with it", async () => {
  await using dir = await configured();
  await using desk = newsServer();
  const add = ["notify", "add", "desk", "webhook", "--on", "failure,digest", "--secrets-stdin"];
  const lines = `url=${desk.url}/hook-x7\nsigningSecret=s3cret\n`;
  const added = await runWithInput(add, dir.path, lines);
  assert.equal(added.code, 0, added.stderr);
  const config = await Deno.readTextFile(dir.join("holdfast.json"));
  assert.match(config, /\/\* mine \*\//);
  assert.match(config, /"kind": "webhook"[^]*"failure",\s*"digest"/);
  const [file = ""] = secretFiles(dir.path);
  assert.equal(((await Deno.stat(file)).mode ?? 0) & 0o777, 0o600);
  for (const secret of ["hook-x7", "s3cret"]) {
    assert.ok(!`${config}${added.stdout}${added.stderr}`.includes(secret), secret);
  }
  assert.equal((await runHoldfast(["notify", "test"], { cwd: dir.path })).code, 0);
  assert.match(desk.received[0]?.signature ?? "", /^sha256=/);
  const list = await runHoldfast(["notify", "list"], { cwd: dir.path });
  assert.match(list.stdout, /desk +webhook +failure digest +on\n/);
  assert.equal((await runHoldfast(["notify", "remove", "desk"], { cwd: dir.path })).code, 0);
  assert.ok(!(await Deno.readTextFile(file)).includes("hook-x7"));
  assert.equal(
    (await runHoldfast(["notify", "list"], { cwd: dir.path })).stdout,
    "No notifiers.\n",
  );
});

Deno.test("holdfast notify secret keeps what was missing, once it can work", async () => {
  await using dir = await configured();
  const added = await runHoldfast(["notify", "add", "beat", "heartbeat"], { cwd: dir.path });
  assert.equal(added.code, 0, added.stderr);
  assert.match(added.stderr, /still needs url: .*HOLDFAST_SECRET_BEAT_URL/);
  const check = await runHoldfast(["config", "check"], { cwd: dir.path });
  assert.deepEqual([check.code, /has no secret url/.test(check.stderr)], [0, true], check.stderr);
  const secret = ["notify", "secret", "beat", "--secrets-stdin"];
  const wrong = await runWithInput(secret, dir.path, "url=nonsense-x7\n");
  assert.deepEqual([wrong.code, secretFiles(dir.path)], [2, []], wrong.stderr);
  assert.match(wrong.stderr, /"url"/);
  assert.ok(!wrong.stderr.includes("nonsense-x7"));
  const strange = await runWithInput(secret, dir.path, "uri=https://example.org\n");
  assert.match(strange.stderr, /no secret "uri"|the secret "uri": there is none/);
  const none = await runHoldfast(["notify", "secret", "beat"], { cwd: dir.path });
  assert.deepEqual([none.code, /--secrets-stdin/.test(none.stderr)], [2, true]);
  const right = await runWithInput(secret, dir.path, "url=https://example.org/id\n");
  assert.equal(right.code, 0, right.stderr);
  assert.match((await runHoldfast(["notify", "list"], { cwd: dir.path })).stdout, / on\n/);
});

Deno.test("holdfast refuses a notifier that can never work when it is set, by name, and writes nothing", async () => {
  await using dir = await configured();
  const before = await Deno.readTextFile(dir.join("holdfast.json"));
  const mail = ["notify", "add", "ops", "mail", "--set", "from=db@example.org"];
  const right = [...mail, "--set", "to=ops@example.org", "--set", "host=mail.example.org"];
  const rows: readonly (readonly [readonly string[], string])[] = [
    [["notify", "add", "ops", "carrier"], "carrier"],
    [["notify", "add", "a.b", "webhook"], "a.b"],
    [["notify", "add", "ops", "webhook", "--on", "nothing"], "failure, recovery"],
    [["notify", "add", "ops", "webhook", "--set", "shape=round"], '"shape"'],
    [["notify", "add", "ops", "webhook", "--set", "url=https://example.org"], '"url"'],
    [mail, '"host" is missing'],
    [[...mail, "--set", "host=mail.example.org", "--set", "to=nobody"], "nobody"],
    [[...mail, "--set", "host=mail example", "--set", "to=ops@example.org"], '"host"'],
    [[...right, "--set", "port=99999"], '"port"'],
    [["notify", "secret", "desk"], 'the notifier "desk"'],
    [["notify", "remove", "desk"], 'the notifier "desk"'],
    [["config", "set", "notifiers.x", '{"kind":"mail","settings":{"to":["?"]}}'], "host"],
  ];
  for (const [args, message] of rows) {
    const ran = await runHoldfast(args, { cwd: dir.path });
    assert.equal(ran.code, 2, `${args.join(" ")}: ${ran.stderr}`);
    assert.ok(ran.stderr.includes(message), `${args.join(" ")}: ${ran.stderr}`);
  }
  assert.equal(await Deno.readTextFile(dir.join("holdfast.json")), before);
  assert.equal((await runHoldfast(right, { cwd: dir.path })).code, 0);
  const set = ["config", "set", "notifiers.ops.settings.to", '["nobody"]'];
  const again = await runHoldfast(set, { cwd: dir.path });
  assert.deepEqual([again.code, again.stderr.includes('"nobody"')], [2, true], again.stderr);
  const twice = await runHoldfast([...right, "--json"], { cwd: dir.path });
  assert.equal(resultOf(twice.stdout).exitCode, 2);
  assert.equal((await runHoldfast([...right, "--force"], { cwd: dir.path })).code, 0);
});
