import assert from "node:assert/strict";
import { resultOf, runHoldfast } from "../support/run_holdfast.ts";
import { execSql, makeSampleDatabase } from "../support/sample_database.ts";
import { stubTimers } from "../support/stub_timers.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";

const config = `{
  // mine
  "databases": { "app": { "path": "app.db" } }
}
`;

async function configured(): Promise<TempDir> {
  const dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  await Deno.writeTextFile(dir.join("holdfast.json"), config);
  return dir;
}

Deno.test("holdfast schedule set writes a checked schedule, and next shows its runs", async () => {
  await using dir = await configured();
  const at = { cwd: dir.path };
  const off = await runHoldfast(["schedule", "show"], at);
  assert.equal(off.stdout, "app: off\n");
  const set = [
    "schedule",
    "set",
    "--at",
    "03:30",
    "--zone",
    "Europe/Berlin",
    "--retention-days",
    "14",
  ];
  const ran = await runHoldfast(set, at);
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(await Deno.readTextFile(dir.join("holdfast.json")), /\/\/ mine[^]*"at": "03:30"/);
  const next = await runHoldfast(["schedule", "next", "--count", "3", "--json"], at);
  const { schedules } = resultOf(next.stdout).data as { schedules: { next: string[] }[] };
  assert.equal(schedules[0]?.next.length, 3);
  assert.match(schedules[0]?.next[0] ?? "", /T0[12]:30:00Z$/);
  assert.equal((await runHoldfast(["schedule", "off"], at)).code, 0);
  assert.equal((await runHoldfast(["schedule", "show"], at)).stdout, "app: off\n");
});

Deno.test("holdfast schedule set refuses what cannot be, by name, and changes nothing", async () => {
  await using dir = await configured();
  const wrong = [["--at", "25:00"], ["--zone", "Mars/Base"], ["--cron", "0 0 31 2 *"], [
    "--day",
    "funday",
  ]];
  for (const [flag = "", value = ""] of wrong) {
    const { code, stderr } = await runHoldfast(["schedule", "set", flag, value], { cwd: dir.path });
    assert.equal(code, 2, value);
    assert.ok(stderr.includes(value) && stderr.includes(flag.slice(2)), stderr);
  }
  assert.equal(await Deno.readTextFile(dir.join("holdfast.json")), config);
});

Deno.test("holdfast schedule run takes what is due once, and nothing before its time", async () => {
  await using dir = await configured();
  const at = { cwd: dir.path };
  await runHoldfast(["schedule", "set"], at);
  assert.match((await runHoldfast(["schedule", "run"], at)).stdout, /^\d{4}-.*\.db\n$/);
  execSql(dir.join("app.db"), "DELETE FROM notes");
  const again = await runHoldfast(["schedule", "run"], at);
  assert.deepEqual([again.code, again.stdout], [0, ""]);
});

Deno.test("holdfast schedule install writes a timer that status finds, and notices when it is stale", async () => {
  await using dir = await configured();
  const at = { cwd: dir.path, env: await stubTimers(dir) };
  const printed = await runHoldfast(["schedule", "install", "--print"], at);
  assert.match(printed.stdout, /OnCalendar=[^]*Persistent=true/);
  assert.match((await runHoldfast(["schedule", "status"], at)).stdout, /systemd {2}not installed/);
  const installed = await runHoldfast(["schedule", "install"], at);
  assert.equal(installed.code, 0, installed.stderr);
  assert.match(await Deno.readTextFile(dir.join("systemctl")), /enable --now holdfast-\w+\.timer/);
  const fine = await runHoldfast(["schedule", "status"], at);
  assert.deepEqual([fine.code, /systemd {2}installed\n/.test(fine.stdout)], [0, true], fine.stdout);
  const units = dir.join(".config/systemd/user");
  for await (const { name } of Deno.readDir(units)) {
    await Deno.writeTextFile(`${units}/${name}`, "# moved\n", { append: true });
  }
  const stale = await runHoldfast(["schedule", "status"], at);
  assert.deepEqual([stale.code, /STALE/.test(stale.stdout)], [4, true]);
  assert.equal((await runHoldfast(["schedule", "uninstall"], at)).code, 0);
  assert.deepEqual([...Deno.readDirSync(units)], []);
});

Deno.test("holdfast schedule install --by cron adds one line and takes only that away", async () => {
  await using dir = await configured();
  const at = { cwd: dir.path, env: await stubTimers(dir) };
  await Deno.writeTextFile(dir.join("crontab"), "0 1 * * * other\n");
  for (let times = 0; times < 2; times++) {
    assert.equal((await runHoldfast(["schedule", "install", "--by", "cron"], at)).code, 0);
  }
  const lines = (await Deno.readTextFile(dir.join("crontab"))).trim().split("\n");
  assert.equal(lines.length, 2);
  assert.match((await runHoldfast(["schedule", "status"], at)).stdout, /cron {5}installed/);
  // The line itself is what cron would run.
  const command = lines[1]?.split(" ").slice(5).join(" ") ?? "";
  await runHoldfast(["schedule", "set"], at);
  const { code } = await new Deno.Command("sh", { args: ["-c", command], cwd: "/" }).output();
  assert.equal(code, 0);
  assert.ok([...Deno.readDirSync(dir.join("backups"))].some(({ name }) => name.endsWith(".db")));
  await runHoldfast(["schedule", "uninstall", "--by", "cron"], at);
  assert.equal(await Deno.readTextFile(dir.join("crontab")), "0 1 * * * other\n");
});
