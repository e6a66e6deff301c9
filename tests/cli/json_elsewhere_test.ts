import assert from "node:assert/strict";
import { byItselfShapes } from "../../cli/json_shapes_by_itself.ts";
import { elsewhereShapes } from "../../cli/json_shapes_elsewhere.ts";
import { checkedData, type Verb } from "../support/json_result.ts";
import { newsServer } from "../support/news_server.ts";
import { holdfastCommand, runHoldfast } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { stubTimers } from "../support/stub_timers.ts";
import { tempDir } from "../support/temp_dir.ts";

Deno.test("holdfast --json prints of copies, keys and plugins what their shapes say", async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  for (const name of ["usb", "safe"]) await Deno.mkdir(dir.join(name));
  await Deno.writeTextFile(dir.join("holdfast.json"), '{ "database": "app.db" }');
  const seen = new Set<string>();
  const run = async (verb: Verb, line: string): Promise<void> => {
    seen.add(verb);
    const ran = await runHoldfast([...line.split(" "), "--json"], { cwd: dir.path });
    checkedData(ran, verb);
  };
  await run("key new", "key new key.txt --sheet sheet.txt");
  await run("key new", "key new other.txt");
  await run("target add", "target add usb folder:usb");
  const age = "--codec zstd --codec age --set age.identityFile=key.txt";
  await run("target add", `target add safe folder:safe ${age} --required`);
  await run("backup", "backup");
  await run("key check", "key check safe");
  await run("target list", "target list");
  await run("target show", "target show safe");
  await run("target check", "target check usb");
  await run("target quota", "target quota usb");
  await run("target connect", "target connect usb");
  await run("target disconnect", "target disconnect usb");
  await run("target disable", "target disable usb");
  await run("target enable", "target enable usb");
  await run("push", "push");
  await run("list", "list --target usb");
  await run("verify", "verify --target usb");
  await run("pull", "pull --from usb");
  await run("restore", "restore --target usb --yes");
  await run("export", "export app.db --format zip --output app.zip");
  await run("import", "import app.zip --yes");
  await Deno.remove(dir.join("backups"), { recursive: true });
  await run("catalog rebuild", "catalog rebuild app.db --from usb");
  await run("delete", "delete latest --target usb --yes --force");
  await run("target remove", "target remove usb");
  await run("plugin list", "plugin list");
  await run("plugin new", "plugin new my_place");
  const wanted = [...Object.keys(elsewhereShapes), "import"];
  assert.deepEqual(wanted.filter((verb) => !seen.has(verb)), []);
});

Deno.test("holdfast --json prints of what happens by itself what its shapes say", async () => {
  await using dir = await tempDir();
  await using desk = newsServer();
  makeSampleDatabase(dir.join("app.db"));
  await Deno.writeTextFile(dir.join("holdfast.json"), '{ "database": "app.db" }');
  const env = { ...await stubTimers(dir), HOLDFAST_SECRET_DESK_URL: desk.url };
  const seen = new Set<string>();
  const run = async (verb: Verb, line: string): Promise<void> => {
    seen.add(verb);
    const ran = await runHoldfast([...line.split(" "), "--json"], { cwd: dir.path, env });
    checkedData(ran, verb);
  };
  await run("schedule set", "schedule set --at 03:30 --jitter 5m --retention-days 9");
  await run("schedule show", "schedule show");
  await run("schedule next", "schedule next --count 2");
  await run("schedule install", "schedule install --print");
  await run("schedule install", "schedule install --by cron");
  await run("schedule status", "schedule status");
  await run("schedule uninstall", "schedule uninstall --by cron");
  await run("status", "status");
  await run("notify add", "notify add desk webhook --on failure");
  await run("notify add", "notify add beat heartbeat --set timeout=3");
  await run("notify list", "notify list");
  await run("notify test", "notify test");
  await run("schedule run", "schedule run");
  await run("schedule off", "schedule off");
  await run("notify remove", "notify remove beat");
  await run("completions", "completions bash");
  const secret = ["notify", "secret", "desk", "--secrets-stdin", "--json"];
  const child = holdfastCommand(secret, { cwd: dir.path, env, stdin: "piped" }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode("signingSecret=s3cret\n"));
  await writer.close();
  const { code, stdout } = await child.output();
  checkedData({ code, stdout: new TextDecoder().decode(stdout), stderr: "" }, "notify secret");
  checkedData(await watched(dir.path), "watch");
  await run("status", "status");
  const wanted = Object.keys(byItselfShapes)
    .filter((verb) => verb !== "watch" && verb !== "notify secret");
  assert.deepEqual(wanted.filter((verb) => !seen.has(verb)), []);
});

/** A watcher that is stopped once it took its first backup. */
async function watched(cwd: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = holdfastCommand(["watch", "--every", "1s", "--json"], { cwd }).spawn();
  const stderr = new Response(child.stderr).text();
  let stdout = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    const before = stdout;
    stdout += text;
    const isReady = /"message":"(backed up|unchanged)/;
    if (isReady.test(stdout) && !isReady.test(before)) child.kill("SIGTERM");
  }
  return { code: (await child.status).code, stdout, stderr: await stderr };
}
