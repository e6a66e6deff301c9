import assert from "node:assert/strict";
import { configuredDatabases, loadConfig } from "../../core/config/load_config.ts";
import { resolvePlace } from "../../core/directory/place.ts";
import { markWatch } from "../../core/watch/watch_mark.ts";
import type { Run } from "../../cli/session.ts";
import { startSession } from "../../cli/session.ts";
import { tellHealth } from "../../cli/tell_health.ts";
import { loadDatabase } from "../../cli/tui/load_database.ts";
import { takeOne } from "../../cli/verbs/take_one.ts";
import { healthVerb } from "../../cli/verbs/health.ts";
import { statusVerb } from "../../cli/verbs/status.ts";
import { type NewsServer, newsServer } from "../support/news_server.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { SteppedTime } from "../support/stepped_time.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";

/** A run of the program in this process, by a clock that the test moves. */
async function runAt(clock: SteppedTime, dir: TempDir, desk: NewsServer): Promise<Run> {
  const started = await startSession([], new AbortController().signal);
  const env = {
    HOME: dir.path,
    HOLDFAST_SECRET_DESK_URL: `${desk.url}/desk`,
    HOLDFAST_SECRET_BEAT_URL: `${desk.url}/beat`,
  };
  const around = { cwd: dir.path, env, os: "linux" } as const;
  const printer = { ...started.printer, event: () => undefined, note: () => undefined };
  const session = { ...started, clock, around, printer };
  const config = await loadConfig(around);
  const { signal } = session;
  return { session, globals: {}, printer, signal, clock, config: () => Promise.resolve(config) };
}

/** What people read of each finding. */
const words: Readonly<Record<string, string>> = {
  BACKUP_OLD: "The newest good backup is 27 hours old",
  PROOF_OLD: "The last proof is",
  WATCHER_DEAD: "holdfast watch was last seen",
};

/** What everyone says of the same moment. */
async function said(run: Run): Promise<Record<string, unknown>> {
  const health = await healthVerb(run, [], {});
  const [found] = (health.data as { databases: { status: string; issues: { code: string }[] }[] })
    .databases;
  const metrics = (await healthVerb(run, [], { prometheus: true })).text ?? "";
  const status = await statusVerb(run, []);
  const [stands] = (status.data as { databases: { health: string }[] }).databases;
  const [configured] = await configuredDatabases(await run.config());
  assert.ok(configured !== undefined);
  const place = await resolvePlace({ database: configured.path });
  const shown = await loadDatabase(place, { run, configured });
  return {
    exit: [health.exitCode, status.exitCode],
    statuses: [found?.status, stands?.health, shown.health?.status],
    metric: /^holdfast_health\{[^}]*\} (\d)$/m.exec(metrics)?.[1],
    codes: found?.issues.map(({ code }) => code),
    shown: shown.health?.issues.map(({ code }) => code),
  };
}

Deno.test("freshness is one contract: exit codes, status, metrics, terminal UI and news agree", async () => {
  await using dir = await tempDir();
  await using desk = newsServer();
  makeSampleDatabase(dir.join("app.db"));
  await Deno.writeTextFile(
    dir.join("holdfast.json"),
    JSON.stringify({
      database: "app.db",
      targets: { usb: { kind: "folder", settings: { path: dir.path }, enabled: false } },
      notifiers: { desk: { kind: "webhook" }, beat: { kind: "heartbeat" } },
    }),
  );
  const clock = new SteppedTime();
  const run = await runAt(clock, dir, desk);
  const [database] = await configuredDatabases(await run.config());
  assert.ok(database !== undefined);
  const place = await resolvePlace({ database: database.path });
  const agrees = async (status: string, codes: readonly string[]): Promise<void> => {
    const isBad = status === "error";
    assert.deepEqual(await said(run), {
      exit: [isBad ? 4 : 0, isBad ? 4 : 0],
      statuses: [status, status, status],
      metric: { healthy: "0", warning: "1", error: "2" }[status],
      codes,
      shown: codes,
    });
    desk.received.length = 0;
    await tellHealth(run, { database, place });
    const path = isBad ? "/beat/fail" : "/beat/log";
    const wanted = codes.length === 0 ? [] : ["/desk", path];
    assert.deepEqual(desk.received.map(({ path }) => path).sort(), wanted.sort());
    for (const code of codes) {
      assert.ok(desk.received.some(({ body }) => body.includes(words[code] ?? code)), code);
    }
  };
  const backup = (): Promise<unknown> => takeOne(run, database, { ifChanged: true });
  await backup();
  assert.deepEqual(desk.received.map(({ path }) => path), ["/beat/start", "/beat"]);
  await agrees("healthy", []);
  await clock.pass({ hours: 27 });
  await agrees("error", ["BACKUP_OLD"]);
  await backup();
  await agrees("healthy", []);
  await clock.pass({ days: 9 });
  await backup();
  await agrees("warning", ["PROOF_OLD"]);
  const mark = { since: clock.now().toString(), next: null, failures: 0 } as const;
  await markWatch(place.directory, { ...mark, state: "running" }, clock);
  await clock.pass({ hours: 25 });
  await agrees("error", ["WATCHER_DEAD", "PROOF_OLD"]);
});
