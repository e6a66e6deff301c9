import { equal, match, ok, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { liveGrant } from "../database_file.ts";
import { traceOf } from "../error_trace.ts";
import { HoldfastError } from "../errors.ts";
import { EngineProcess, runJob } from "./client.ts";
import type { ProveRequest } from "./protocol.ts";

const endless =
  "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i FROM c) SELECT count(*) FROM c";

const code = (wanted: string, words = "") => (error: unknown): boolean =>
  error instanceof HoldfastError && error.code === wanted && error.message.includes(words);

function prove(path: string): ProveRequest {
  return { path, verify: "none", expectTables: [], assertions: [endless], lanes: 1 };
}

Deno.test("EngineProcess tells a crash from an error of SQLite, a deadline from a cancel", async () => {
  await using dir = await tempDir();
  const path = dir.join("app.db");
  {
    using app = new DatabaseSync(path);
    app.exec("CREATE TABLE t (x)");
  }
  const grant = { read: [dir.path], write: [dir.path] };
  {
    await using engine = EngineProcess.start(grant);
    const run = engine.run("prove", prove(path));
    Deno.kill(engine.pid, "SIGKILL");
    await rejects(run, code("INTERNAL", "SIGKILL"));
  }
  {
    // So ends a read of a mapped page whose disk fails.
    await using engine = EngineProcess.start(grant);
    const run = engine.run("prove", prove(path));
    Deno.kill(engine.pid, "SIGBUS");
    await rejects(run, code("DISK_FAILED"));
  }
  {
    await using engine = EngineProcess.start(grant);
    await rejects(
      engine.run("prove", prove(path), { deadlineMs: 1500 }),
      code("DATABASE_BUSY", "no progress"),
    );
  }
  {
    await using engine = EngineProcess.start(grant);
    const stop = new AbortController();
    const run = engine.run("prove", prove(path), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await rejects(run, code("CANCELLED"));
  }
  const inspect = { path: dir.join("none.db"), busyMs: 10 };
  await rejects(runJob("inspect", inspect, { grant: liveGrant(inspect.path) }), HoldfastError);
});

Deno.test("EngineProcess may touch what it was granted and nothing else", async () => {
  await using dir = await tempDir();
  const path = dir.join("app.db");
  {
    using app = new DatabaseSync(path);
    app.exec("CREATE TABLE t (x)");
  }
  const other = { read: ["/nowhere"], write: ["/nowhere"] };
  await rejects(
    runJob("inspect", { path, busyMs: 10 }, { grant: other }),
    code("PERMISSION_DENIED"),
  );
  ok(await runJob("inspect", { path, busyMs: 10 }, { grant: liveGrant(path) }));
});

Deno.test("EngineProcess tells where a defect of the engine happened, and of other errors nothing", async () => {
  await using dir = await tempDir();
  const path = dir.join("app.db");
  const grant = { read: [dir.path], write: [dir.path] };
  {
    using app = new DatabaseSync(path);
    app.exec("CREATE TABLE t (x)");
  }
  const senseless = { ...prove(path), assertions: null };
  const request = JSON.parse(JSON.stringify(senseless)) as ProveRequest;
  await rejects(runJob("prove", request, { grant }), (error: unknown) => {
    ok(error instanceof HoldfastError && error.code === "INTERNAL");
    match(traceOf(error) ?? "", /^TypeError: .*\n +at .*prove\.ts:\d+/);
    return true;
  });
  const missing = { path: dir.join("none.db"), busyMs: 10 };
  await rejects(runJob("inspect", missing, { grant }), (error: unknown) => {
    ok(error instanceof HoldfastError && error.code === "DATABASE_MISSING");
    equal(traceOf(error), undefined);
    return true;
  });
});

Deno.test("EngineProcess that got no job leaves nothing behind", async () => {
  await using dir = await tempDir();
  const engine = EngineProcess.start({ read: [dir.path], write: [dir.path] });
  await engine[Symbol.asyncDispose]();
  equal(typeof engine.pid, "number");
});
