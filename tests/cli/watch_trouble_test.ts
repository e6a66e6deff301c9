import assert from "node:assert/strict";
import { removableDisk } from "../support/removable_disk.ts";
import { runHoldfast } from "../support/run_holdfast.ts";
import { execSql, makeLargeDatabase, makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";
import { watching } from "../support/watching.ts";

/** Everything below a folder but the catalog's own files. */
function contentOf(path: string): string[] {
  return Array.from(Deno.readDirSync(path)).flatMap(({ name, isDirectory }) => {
    if (isDirectory) return contentOf(`${path}/${name}`).map((inner) => `${name}/${inner}`);
    return /^(catalog\.db|backup_manifest\.json|\.lock.*)$/.test(name) ? [] : [name];
  });
}

/** Commits to a database again and again, until it is disposed of. */
function changing(path: string): Disposable {
  const timer = setInterval(() => execSql(path, "INSERT INTO notes (text) VALUES ('more')"), 1_000);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

Deno.test("holdfast watch gives up a backup at SIGTERM, leaves nothing of it, and says it stopped", async () => {
  await using dir = await tempDir();
  makeLargeDatabase(dir.join("app.db"));
  await using watcher = watching(["app.db", "--json"], { cwd: dir.path });
  await watcher.line(/"progress"/);
  assert.equal(await watcher.stop(), 0);
  const left = contentOf(dir.join("backups"));
  const list = await runHoldfast(["list", "app.db", "--json"], { cwd: dir.path });
  const names = [...list.stdout.matchAll(/"name":"([^"]+\.db)"/g)].map(([, name]) => name);
  // Where it was done before the signal came, it is whole and known.
  assert.deepEqual(left, names);
  const status = await runHoldfast(["status", "app.db", "--json"], { cwd: dir.path });
  assert.match(status.stdout, /"watcher":(null|\{"state":"stopped")/);
  const again = await runHoldfast(["backup", "app.db"], { cwd: dir.path });
  assert.equal(again.code, 0, again.stderr);
});

Deno.test("holdfast watch goes on with the old databases where a changed configuration makes no sense", async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  const write = (schedule: unknown): Promise<void> =>
    Deno.writeTextFile(
      dir.join("holdfast.json"),
      JSON.stringify({ databases: { app: { path: "app.db", schedule } } }),
    );
  await write({ enabled: false });
  const flags = ["--on-change", "--quiet-for", "1s", "--at-most-every", "1s"];
  await using watcher = watching(flags, { cwd: dir.path });
  await watcher.line(/backed up: /);
  await write({ enabled: true, cron: "0 0 31 2 *" });
  await watcher.line(/The old configuration stays: .*0 0 31 2 \*/);
  execSql(dir.join("app.db"), "DELETE FROM notes");
  await watcher.line(/backed up: /);
});

Deno.test({
  name: "holdfast backs up to a disk that comes and goes, never into its empty mount point",
  // Only root may mount, and only on Linux.
  ignore: !(Deno.build.os === "linux" && Deno.uid() === 0),
  fn: async () => {
    await using disk = await removableDisk();
    if (disk === undefined) throw new Error("Cannot mount a disk");
    await using dir = await tempDir();
    makeSampleDatabase(dir.join("app.db"));
    const directory = `${disk.path}/backups`;
    const config = { database: "app.db", directory };
    await Deno.writeTextFile(dir.join("holdfast.json"), JSON.stringify(config));
    const at = { cwd: dir.path };
    await disk.plugIn();
    assert.equal((await runHoldfast(["backup"], at)).code, 0);
    await disk.pullOut();
    const away = await runHoldfast(["backup"], at);
    assert.equal(away.code, 1, away.stderr);
    assert.match(away.stderr, /BACKUP_FAILED: .*its disk is away\n.*--adopt/);
    {
      await using watcher = watching(["--every", "1s", "--on-change"], at);
      await watcher.line(/Waiting for it: .*its disk is away/);
      assert.deepEqual(Array.from(Deno.readDirSync(disk.path)), []);
      execSql(dir.join("app.db"), "DELETE FROM notes");
      await disk.plugIn();
      await watcher.line(/backed up: /);
    }
    {
      const idle = ["--every", "off", "--on-change", "--quiet-for", "1s", "--at-most-every", "1s"];
      await using watcher = watching(idle, at);
      await watcher.line(/Watching/);
      await disk.pullOut();
      // Whenever it looked first: a change comes after that.
      using _changes = changing(dir.join("app.db"));
      await watcher.line(/ERROR: .*its disk is away/);
      assert.deepEqual(Array.from(Deno.readDirSync(disk.path)), []);
    }
    // The person may say that it is meant.
    const meant = await runHoldfast(["backup", "--adopt"], at);
    assert.equal(meant.code, 0, meant.stderr);
    await Deno.remove(directory, { recursive: true });
  },
});
