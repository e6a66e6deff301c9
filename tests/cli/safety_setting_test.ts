import assert from "node:assert/strict";
import { resultOf, runHoldfast } from "../support/run_holdfast.ts";
import { countRows, execSql, makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";

Deno.test("holdfast restore leaves the safety backup away only where configuration and call say so", async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  const config = { database: "app.db", alwaysCreateLocalBackupBeforeRestore: false };
  await Deno.writeTextFile(dir.join("holdfast.json"), JSON.stringify(config));
  const run = (...args: string[]) => runHoldfast(args, { cwd: dir.path });
  await run("backup");
  execSql(dir.join("app.db"), "DELETE FROM works");

  const usual = await run("restore", "--yes", "--json", "-q");
  assert.equal(usual.code, 0, usual.stdout);
  assert.notEqual((resultOf(usual.stdout).data as { safetyBackup: unknown }).safetyBackup, null);

  const without = await run("restore", "--yes", "--no-safety", "--json", "-q");
  assert.equal(without.code, 0, without.stdout);
  assert.equal((resultOf(without.stdout).data as { safetyBackup: unknown }).safetyBackup, null);

  const undo = await run("undo", "--yes");
  assert.equal(undo.code, 10, undo.stderr);
  assert.match(undo.stderr, /it has no safety backup\n.*--no-safety/);
  assert.equal(countRows(dir.join("app.db"), "works"), 3);
});
