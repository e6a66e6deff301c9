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

Deno.test("holdfast restore compares the SHA-256 unless verifyChecksumBeforeRestore is false", async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  const run = (...args: string[]) => runHoldfast(args, { cwd: dir.path });
  const taken = await run("backup", "app.db", "--json", "-q");
  const { backups } = resultOf(taken.stdout).data as { backups: { backup: { path: string } }[] };
  // Sound for SQLite, but not what was backed up.
  execSql(backups[0]?.backup.path ?? "", "DELETE FROM notes");
  const refused = await run("restore", "--database", "app.db", "--yes");
  assert.equal(refused.code, 20, refused.stderr);
  assert.equal(countRows(dir.join("app.db"), "notes"), 1);
  await Deno.writeTextFile(
    dir.join("holdfast.json"),
    JSON.stringify({ database: "app.db", verifyChecksumBeforeRestore: false }),
  );
  const restored = await run("restore", "--yes");
  assert.equal(restored.code, 0, restored.stderr);
  assert.equal(countRows(dir.join("app.db"), "notes"), 0);
});
