import assert from "node:assert/strict";
import { lockedDatabase } from "../support/locked_database.ts";
import { runHoldfast } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";
import { watching } from "../support/watching.ts";

// Most of its time it waits: for the lock, and for the next attempt.
Deno.test("holdfast watch says that a database is locked, survives, and backs up once it is free", async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  await using watcher = watching(["app.db", "--on-change"], { cwd: dir.path });
  {
    await using _lock = await lockedDatabase(dir.join("app.db"));
    const line = await watcher.line(/ERROR/);
    assert.match(line, /DATABASE_BUSY/);
    assert.match(line, /app\.db/);
  }
  await watcher.line(/backed up: /);
  assert.equal(await watcher.stop(), 0);
  const { stdout } = await runHoldfast(["list", "app.db"], { cwd: dir.path });
  assert.equal(stdout.trimEnd().split("\n").length, 2, stdout);
});
