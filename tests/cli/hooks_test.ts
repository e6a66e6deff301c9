import assert from "node:assert/strict";
import { runHoldfast } from "../support/run_holdfast.ts";
import { countRows, execSql, makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";

const script = 'echo "$HOLDFAST_HOOK $HOLDFAST_HOOK_OUTCOME $HOLDFAST_HOOK_ERROR" >> trace; ' +
  'echo "$HOLDFAST_HOOK_DATABASE $HOLDFAST_HOOK_SIZE" >> facts; echo said $HOLDFAST_HOOK';
const tell = ["sh", "-c", script];
const fail = ["sh", "-c", `${script}; echo "no, thanks" >&2; exit 7`];

interface Prepared extends AsyncDisposable {
  readonly path: string;
  run(...args: string[]): ReturnType<typeof runHoldfast>;
  trace(): Promise<string[]>;
}

async function prepared(hooks: Readonly<Record<string, unknown>>): Promise<Prepared> {
  const dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  const config = JSON.stringify({ database: "app.db", hooks });
  await Deno.writeTextFile(dir.join("holdfast.json"), config);
  return {
    path: dir.path,
    run: (...args) => runHoldfast(args, { cwd: dir.path }),
    trace: async () => {
      const lines = (await Deno.readTextFile(dir.join("trace"))).trim().split("\n");
      return lines.map((line) => line.trim());
    },
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

const posix = { ignore: Deno.build.os === "windows" };

Deno.test(
  "holdfast runs the hooks around a backup and a restore, with their facts and lines",
  posix,
  async () => {
    const all = { beforeBackup: tell, afterBackup: tell, beforeRestore: tell, afterRestore: tell };
    await using at = await prepared(all);
    const backup = await at.run("backup");
    assert.equal(backup.code, 0, backup.stderr);
    assert.ok(backup.stderr.includes("beforeBackup: said beforeBackup"), backup.stderr);
    const restore = await at.run("restore", "--yes");
    assert.equal(restore.code, 0, restore.stderr);
    assert.deepEqual(await at.trace(), [
      "beforeBackup",
      "afterBackup success",
      "beforeRestore",
      "afterRestore success",
    ]);
    const facts = await Deno.readTextFile(`${at.path}/facts`);
    assert.match(facts, new RegExp(`^${at.path}/app.db \\d+$`, "m"));
  },
);

Deno.test(
  "holdfast takes no backup where the hook before fails, and runs the one after",
  posix,
  async () => {
    await using at = await prepared({ beforeBackup: fail, afterBackup: tell });
    const ran = await at.run("backup");
    assert.equal(ran.code, 1);
    assert.match(
      ran.stderr,
      /BACKUP_FAILED: Cannot go past the hook beforeBackup: "sh" ended with exit code 7/,
    );
    assert.ok(ran.stderr.includes("beforeBackup: no, thanks"), ran.stderr);
    assert.deepEqual(await at.trace(), ["beforeBackup", "afterBackup failure BACKUP_FAILED"]);
    await assert.rejects(Deno.stat(`${at.path}/backups`));
  },
);

Deno.test("holdfast changes nothing where the hook before a restore fails", posix, async () => {
  await using at = await prepared({ beforeRestore: fail, afterRestore: tell });
  await at.run("backup");
  execSql(`${at.path}/app.db`, "DELETE FROM works");
  const ran = await at.run("restore", "--yes");
  assert.equal(ran.code, 1, ran.stderr);
  assert.equal(countRows(`${at.path}/app.db`, "works"), 0);
  assert.deepEqual(await at.trace(), ["beforeRestore", "afterRestore failure RESTORE_FAILED"]);
});

Deno.test(
  "holdfast keeps the backup where the hook after fails, and says partly done",
  posix,
  async () => {
    await using at = await prepared({ afterBackup: fail });
    const ran = await at.run("backup");
    assert.equal(ran.code, 3);
    assert.match(ran.stderr, /warning: Cannot go past the hook afterBackup/);
    const { stdout } = await at.run("list");
    assert.equal(stdout.trimEnd().split("\n").length, 2);
  },
);

Deno.test("holdfast ends a hook that takes too long", posix, async () => {
  const slow = { command: ["sh", "-c", "sleep 30"], timeout: "1s" };
  await using at = await prepared({ beforeBackup: slow });
  const ran = await at.run("backup");
  assert.equal(ran.code, 1);
  assert.match(ran.stderr, /Cannot wait for the hook beforeBackup any longer than 1s/);
});

Deno.test("holdfast says which hook has no program", posix, async () => {
  await using at = await prepared({ beforeBackup: ["no-such-program-here"] });
  const ran = await at.run("backup");
  assert.equal(ran.code, 1);
  assert.match(ran.stderr, /Cannot start the hook beforeBackup: there is no such program/);
});
