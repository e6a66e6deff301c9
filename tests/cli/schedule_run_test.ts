import assert from "node:assert/strict";
import { newAgeKey, writeIdentityFile } from "../../plugins/age/mod.ts";
import { newsServer } from "../support/news_server.ts";
import { type Ran, resultOf, runHoldfast, type RunOptions } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";

/** How often it is asked whether a check is due. */
const TRIES = 60;

async function configured(directory?: string): Promise<TempDir> {
  const dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  const config = {
    databases: { app: { path: "app.db", directory } },
    notifiers: { desk: { kind: "webhook" } },
    schedule: { enabled: true },
    maxAge: { proven: "1s" },
  };
  await Deno.writeTextFile(dir.join("holdfast.json"), JSON.stringify(config));
  return dir;
}

/** Asks until a second has passed since the last check, and one is due. */
async function checking(at: RunOptions): Promise<Ran> {
  for (let tries = 0; tries < TRIES; tries++) {
    const ran = await runHoldfast(["schedule", "run", "--verify-every", "1s"], at);
    if (ran.code !== 0 || ran.stdout !== "") return ran;
  }
  throw new Error("no check was due");
}

/** After the first failure the next try comes in a minute; after these in an hour. */
async function failOften(dir: TempDir): Promise<void> {
  const [folder] = [...Deno.readDirSync(dir.join(".local/state/holdfast"))];
  const path = dir.join(".local/state/holdfast", folder?.name ?? "", "aside.json");
  const kept = JSON.parse(await Deno.readTextFile(path)) as Record<string, string>;
  const key = `attempts ${dir.join("app.db")}`;
  const attempts = JSON.parse(kept[key] ?? "");
  assert.equal(attempts.failures, 1);
  kept[key] = JSON.stringify({ ...attempts, failures: 7 });
  await Deno.writeTextFile(path, JSON.stringify(kept));
}

async function damage(path: string): Promise<void> {
  using file = await Deno.open(path, { write: true });
  await file.seek(3000, Deno.SeekMode.Start);
  await file.write(new Uint8Array([1, 2, 3]));
}

Deno.test("holdfast schedule run verifies the collection when that is due, and tells what it finds", async () => {
  await using dir = await configured();
  await using desk = newsServer();
  const at = { cwd: dir.path, env: { HOLDFAST_SECRET_DESK_URL: `${desk.url}/desk` } };
  const news = (): unknown[] =>
    desk.received.map(({ body }) => JSON.parse(body)).map(({ kind, job, code }) => [
      kind,
      job,
      ...code === undefined ? [] : [code],
    ]);
  const first = await runHoldfast(["schedule", "run", "--json"], at);
  assert.equal(first.code, 0, first.stderr);
  const { taken } = resultOf(first.stdout).data as { taken: string[] };
  assert.equal(taken.length, 1);
  const checked = await checking(at);
  assert.equal(checked.code, 0, checked.stderr);
  assert.match(checked.stdout, /^app: 1 backup verified, 1 checked fully, .* drilled\n$/);
  const none = await runHoldfast(["schedule", "run"], at);
  assert.deepEqual([none.code, none.stdout], [0, ""]);
  await damage(dir.join("backups", taken[0] ?? ""));
  const bad = await checking(at);
  assert.equal(bad.code, 20, bad.stdout);
  assert.match(bad.stdout, /BACKUP_INVALID: Found bad backups/);
  assert.deepEqual(news().filter((each) => String(each).startsWith("failure")), [
    ["failure", "verify", "BACKUP_INVALID"],
  ]);
  // What is bad is no backup any more: the next look of the timer tells that too.
  await runHoldfast(["schedule", "run"], at);
  assert.deepEqual(news().at(-1), ["warning", "health", "NO_BACKUP"]);
});

Deno.test("holdfast schedule run tries again later each time, and tells once, also where no catalog is in reach", async () => {
  await using dir = await configured("disk/backups");
  await using desk = newsServer();
  const at = { cwd: dir.path, env: { HOLDFAST_SECRET_DESK_URL: `${desk.url}/desk` } };
  await Deno.writeTextFile(dir.join("disk"), "no folder");
  const failed = await runHoldfast(["schedule", "run"], at);
  assert.notEqual(failed.code, 0, failed.stdout);
  await failOften(dir);
  const soon = await runHoldfast(["schedule", "run"], at);
  assert.deepEqual([soon.code, soon.stdout], [0, ""]);
  // By hand there is no waiting, but what is known is not told again.
  assert.notEqual((await runHoldfast(["backup"], at)).code, 0);
  assert.deepEqual(desk.received.map(({ body }) => JSON.parse(body).kind), ["failure"]);
  await Deno.remove(dir.join("disk"));
  assert.equal((await runHoldfast(["backup"], at)).code, 0);
  assert.deepEqual(desk.received.map(({ body }) => JSON.parse(body).kind), [
    "failure",
    "recovery",
  ]);
});

Deno.test("holdfast schedule run checks the copies on targets when that is due, and tells what it finds", async () => {
  await using dir = await tempDir();
  await using desk = newsServer();
  makeSampleDatabase(dir.join("app.db"));
  const at = { cwd: dir.path, env: { HOLDFAST_SECRET_DESK_URL: `${desk.url}/desk` } };
  const [right, wrong] = [await newAgeKey(), await newAgeKey()];
  const created = Temporal.Instant.from("2026-01-01T00:00:00Z");
  await writeIdentityFile(dir.join("key.txt"), right, created);
  const codec = {
    kind: "age",
    settings: { recipients: [right.recipient], identityFile: "key.txt" },
  };
  const config = {
    databases: { app: { path: "app.db" } },
    notifiers: { desk: { kind: "webhook" } },
    schedule: { enabled: true },
    targets: {
      usb: { kind: "folder", settings: { path: "usb" }, codecs: [codec], verifyEvery: "3s" },
      never: { kind: "folder", settings: { path: "never" } },
    },
  };
  await Deno.writeTextFile(dir.join("holdfast.json"), JSON.stringify(config));
  const due = async (): Promise<Ran> => {
    for (let tries = 0; tries < TRIES; tries++) {
      const ran = await runHoldfast(["schedule", "run"], at);
      if (ran.code !== 0 || ran.stdout !== "") return ran;
    }
    throw new Error("no check was due");
  };
  const codes = (): unknown[] =>
    desk.received.map(({ body }) => JSON.parse(body)).map(({ kind, job, code }) =>
      [kind, job, code].join(" ")
    );
  const first = await runHoldfast(["schedule", "run"], at);
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stdout, /^app: 1 copy verified on usb, the key opens the newest$/m);
  const again = await due();
  assert.equal(again.stdout, "app: 1 copy verified on usb, the key opens the newest\n");

  await Deno.remove(dir.join("key.txt"));
  await writeIdentityFile(dir.join("key.txt"), wrong, created);
  const other = await due();
  assert.match(other.stdout, /KEY_WRONG: .*does not open the newest copy/);
  assert.deepEqual(codes(), ["failure verify usb KEY_WRONG", "warning health KEY_WRONG"]);

  await Deno.remove(dir.join("key.txt"));
  await writeIdentityFile(dir.join("key.txt"), right, created);
  for await (const { name } of Deno.readDir(dir.join("usb"))) {
    if (!name.startsWith("app-")) continue;
    for await (const copy of Deno.readDir(dir.join("usb", name))) {
      if (copy.name.endsWith(".age")) await damage(dir.join("usb", name, copy.name));
    }
  }
  const bad = await due();
  assert.equal(bad.code, 20, bad.stdout);
  assert.match(bad.stdout, /BACKUP_INVALID: .*bad or gone: 1 copy,/);
  assert.deepEqual(codes().slice(2), [
    "failure verify usb BACKUP_INVALID",
    "warning health COPIES_BAD",
  ]);
  assert.match((await runHoldfast(["health"], at)).stdout, /"usb": 1 copy is damaged or gone/);
  assert.equal((await runHoldfast(["push"], at)).code, 0);
  // On a slow machine the next check may be overdue by now: that is another matter.
  assert.doesNotMatch((await runHoldfast(["health"], at)).stdout, /damaged or gone/);
  assert.equal((await due()).code, 0);
  assert.deepEqual(codes().slice(4), ["recovery verify usb "]);
});
