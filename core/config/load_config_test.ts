import assert from "node:assert/strict";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { configuredDatabases, databaseAt, databaseNamed, loadConfig } from "./load_config.ts";
import type { Surroundings } from "./surroundings.ts";

interface Given {
  readonly file?: unknown;
  readonly env?: Surroundings["env"];
}

async function load(path: string, given: Given) {
  if (given.file !== undefined) {
    await Deno.writeTextFile(`${path}/holdfast.json`, JSON.stringify(given.file));
  }
  const env = { HOME: "/home/me", ...given.env };
  return await loadConfig({ cwd: path, env, os: "linux", uid: Deno.uid() ?? undefined });
}

Deno.test("loadConfig() without a file gives the defaults", async () => {
  await using dir = await tempDir();
  const config = await load(dir.path, {});
  assert.deepEqual(await configuredDatabases(config), []);
  const { settings, origins } = await databaseAt(config, "/data/app.db");
  assert.equal(settings.verify, "full");
  assert.equal(settings.warnSizeMB, 500);
  assert.equal(settings.maxSizeMB, undefined);
  assert.equal(settings.maxHold, "2s");
  assert.equal(settings.verifyChecksumAfterBackup, true);
  assert.equal(settings.verifyChecksumBeforeRestore, true);
  assert.equal(settings.alwaysCreateLocalBackupBeforeRestore, true);
  assert.deepEqual(
    [
      settings.schedule.enabled,
      settings.schedule.kind,
      settings.schedule.at,
      settings.schedule.day,
    ],
    [false, undefined, "02:00", "sunday"],
  );
  assert.equal(origins.size, 0);
});

Deno.test("databaseNamed() lays flag over environment over entry over top over default", async () => {
  await using dir = await tempDir();
  const file = {
    verify: "quick",
    engine: "online",
    warnSizeMB: 7,
    maxHold: "3s",
    databases: { app: { path: "app.db", engine: "clone", warnSizeMB: 8, maxHold: "4s" } },
  };
  const env = { HOLDFAST_WARN_SIZE_MB: "9", HOLDFAST_MAX_HOLD: "5s" };
  const config = await load(dir.path, { file, env });
  const { settings, origins, path } = await databaseNamed(config, "app", { maxHold: "6s" });
  assert.equal(path, dir.join("app.db"));
  assert.equal(settings.verify, "quick");
  assert.equal(settings.engine, "clone");
  assert.equal(settings.warnSizeMB, 9);
  assert.equal(settings.maxHold, "6s");
  assert.deepEqual(origins.get("verify"), { from: "file", name: "verify" });
  assert.deepEqual(origins.get("engine"), { from: "file", name: "databases.app.engine" });
  assert.deepEqual(origins.get("warnSizeMB"), {
    from: "environment",
    name: "HOLDFAST_WARN_SIZE_MB",
  });
  assert.deepEqual(origins.get("maxHold"), { from: "flag" });
});

Deno.test("databaseNamed() merges a schedule key by key and replaces a policy whole", async () => {
  await using dir = await tempDir();
  const file = {
    schedule: { enabled: true, at: "03:00" },
    retention: { keepLast: 5 },
    targets: { usb: { kind: "folder" } },
    databases: {
      app: {
        path: "app.db",
        schedule: { at: "04:00" },
        retention: { keepDaily: 7 },
        targets: { s3: { kind: "s3" } },
      },
    },
  };
  const { settings, origins } = await databaseNamed(await load(dir.path, { file }), "app");
  assert.equal(settings.schedule.enabled, true);
  assert.equal(settings.schedule.at, "04:00");
  assert.deepEqual(settings.retention, { keepDaily: 7 });
  assert.deepEqual(Object.keys(settings.targets), ["usb", "s3"]);
  assert.equal(origins.get("schedule.at")?.name, "databases.app.schedule.at");
  assert.equal(origins.get("schedule.enabled")?.name, "schedule.enabled");
});

Deno.test("databaseAt() finds the entry of a path", async () => {
  await using dir = await tempDir();
  const file = { databases: { app: { path: "./data/../app.db", verify: "none" } } };
  const config = await load(dir.path, { file });
  const found = await databaseAt(config, dir.join("app.db"));
  assert.equal(found.name, "app");
  assert.equal(found.settings.verify, "none");
  assert.equal((await databaseAt(config, dir.join("other.db"))).name, undefined);
});

Deno.test("configuredDatabases() gives the only one, with paths made absolute", async () => {
  await using dir = await tempDir();
  const config = await load(dir.path, { file: { database: "~/app.db", directory: "kept" } });
  const [only] = await configuredDatabases(config);
  assert.equal(only?.path, "/home/me/app.db");
  assert.equal(only?.settings.directory, dir.join("kept"));
  const env = { HOLDFAST_DATABASE: "mine.db", HOLDFAST_DIRECTORY: "elsewhere" };
  const [other] = await configuredDatabases(await load(dir.path, { env }));
  assert.equal(other?.path, dir.join("mine.db"));
  assert.equal(other?.settings.directory, dir.join("elsewhere"));
});

Deno.test("databaseNamed() suggests the name that was meant", async () => {
  await using dir = await tempDir();
  const config = await load(dir.path, { file: { databases: { orders: { path: "o.db" } } } });
  await assert.rejects(databaseNamed(config, "order"), {
    code: "CONFIG_INVALID",
    hint: 'Did you mean "orders"?',
  });
});

const refused: readonly (readonly [string, string, RegExp])[] = [
  ["HOLDFAST_VERIFY", "ful", /HOLDFAST_VERIFY = "ful": "none", "quick" or "full" is wanted/],
  ["HOLDFAST_WARN_SIZE_MB", "much", /HOLDFAST_WARN_SIZE_MB = "much": a whole number from 1/],
  ["HOLDFAST_WARN_SIZE_MB", "-3", /HOLDFAST_WARN_SIZE_MB = "-3": a whole number from 1/],
  ["HOLDFAST_SCHEDULE_ENABLED", "maybe", /HOLDFAST_SCHEDULE_ENABLED = "maybe": true or false/],
  ["HOLDFAST_SCHEDULE_AT", "noon", /HOLDFAST_SCHEDULE_AT = "noon": a time of day/],
  ["HOLDFAST_EXPECT_TABLES", "[1]", /HOLDFAST_EXPECT_TABLES = "\[1\]": a list of table names/],
];

for (const [variable, value, message] of refused) {
  Deno.test(`loadConfig() refuses ${variable}=${value}`, async () => {
    await using dir = await tempDir();
    const loading = load(dir.path, { env: { [variable]: value } });
    await assert.rejects(loading, { code: "CONFIG_INVALID", message });
  });
}

Deno.test("loadConfig() reads lists, numbers and switches from the environment", async () => {
  await using dir = await tempDir();
  const env = {
    HOLDFAST_EXPECT_TABLES: '["a","b"]',
    HOLDFAST_ASSERTIONS: "select count(*) from a, b",
    HOLDFAST_SCHEDULE_ENABLED: "1",
    HOLDFAST_VERIFY: "",
  };
  const { settings } = await databaseAt(await load(dir.path, { env }), "/x.db");
  assert.deepEqual(settings.expectTables, ["a", "b"]);
  assert.deepEqual(settings.assertions, ["select count(*) from a, b"]);
  assert.equal(settings.schedule.enabled, true);
  assert.equal(settings.verify, "full");
});
