import assert from "node:assert/strict";
import { newsServer } from "../support/news_server.ts";
import { resultOf, runHoldfast } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";

async function configured(dir: string, notifiers: unknown): Promise<void> {
  makeSampleDatabase(`${dir}/app.db`);
  await Deno.writeTextFile(
    `${dir}/holdfast.json`,
    JSON.stringify({ databases: { app: { path: "app.db" } }, notifiers }),
  );
}

Deno.test("holdfast notify test sends a signed message, and says which notifier fails", async () => {
  await using dir = await tempDir();
  await using desk = newsServer();
  await configured(dir.path, { desk: { kind: "webhook" }, pager: { kind: "webhook" } });
  const env = {
    HOLDFAST_SECRET_DESK_URL: `${desk.url}/hook-x7`,
    HOLDFAST_SECRET_DESK_SIGNING_SECRET: "s3cret",
    HOLDFAST_SECRET_PAGER_URL: `${desk.url}/broken-y8`,
  };
  const one = await runHoldfast(["notify", "test", "desk"], { cwd: dir.path, env });
  assert.equal(one.code, 0, one.stderr);
  assert.match(desk.received[0]?.signature ?? "", /^sha256=[0-9a-f]{64}$/);
  assert.match(desk.received[0]?.body ?? "", /"kind":"test"/);
  const both = await runHoldfast(["notify", "test"], { cwd: dir.path, env });
  assert.equal(both.code, 3, both.stdout);
  assert.match(both.stdout, /^desk: sent\npager: FAILED: /);
  for (const secret of ["hook-x7", "broken-y8", "s3cret"]) {
    assert.ok(!`${both.stdout}${both.stderr}`.includes(secret), secret);
  }
});

Deno.test("holdfast notify test refuses a notifier without its address, by name", async () => {
  await using dir = await tempDir();
  await configured(dir.path, { desk: { kind: "webhook" } });
  const ran = await runHoldfast(["notify", "test", "--json"], { cwd: dir.path });
  assert.equal(ran.code, 2);
  assert.match(JSON.stringify(resultOf(ran.stdout)), /CONFIG_INVALID.*desk.*url/);
  const unknown = await runHoldfast(["notify", "test", "dexk"], { cwd: dir.path });
  assert.match(unknown.stdout, /Did you mean "desk"/);
});

Deno.test("holdfast backup tells of a failure once, of the recovery, and beats each time", async () => {
  await using dir = await tempDir();
  await using desk = newsServer();
  await configured(dir.path, { desk: { kind: "webhook" }, beat: { kind: "heartbeat" } });
  const env = {
    HOLDFAST_SECRET_DESK_URL: `${desk.url}/desk`,
    HOLDFAST_SECRET_BEAT_URL: `${desk.url}/beat`,
  };
  const backup = async (...flags: string[]): Promise<number> =>
    (await runHoldfast(["backup", ...flags], { cwd: dir.path, env })).code;
  assert.equal(await backup(), 0);
  await Deno.rename(dir.join("app.db"), dir.join("away.db"));
  assert.equal(await backup(), 10);
  assert.equal(await backup(), 10);
  await Deno.rename(dir.join("away.db"), dir.join("app.db"));
  assert.equal(await backup(), 0);
  const beats = desk.received.filter(({ path }) => path.startsWith("/beat"));
  assert.deepEqual(beats.map(({ path }) => path), [
    "/beat/start",
    "/beat",
    "/beat/start",
    "/beat/fail",
    "/beat/start",
    "/beat/fail",
    "/beat/start",
    "/beat",
  ]);
  const news = desk.received.filter(({ path }) => path === "/desk");
  assert.deepEqual(news.map(({ body }) => JSON.parse(body).kind), ["failure", "recovery"]);
});

Deno.test("holdfast backup stands where a notifier fails, and the log keeps it", async () => {
  await using dir = await tempDir();
  await using desk = newsServer();
  await configured(dir.path, { desk: { kind: "webhook", on: ["success"] } });
  const env = { HOLDFAST_SECRET_DESK_URL: `${desk.url}/broken` };
  const ran = await runHoldfast(["backup"], { cwd: dir.path, env });
  assert.equal(ran.code, 0);
  assert.match(ran.stderr, /Cannot notify "desk"/);
  assert.ok(!ran.stderr.includes(desk.url));
});
