import assert from "node:assert/strict";
import { resultOf, runHoldfast } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  readonly status: string;
  readonly sequence: number;
}

Deno.test("holdfast list filters, sorts and limits; a backup is named by its beginning", async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  const run = (...args: string[]) => runHoldfast(args, { cwd: dir.path });
  for (const reason of ["manual", "pre-import", "manual"]) {
    const ran = await run("backup", "app.db", "--reason", reason, "--verify", "quick");
    assert.equal(ran.code, 0, ran.stderr);
  }
  const list = async (...args: string[]): Promise<readonly Listed[]> => {
    const { stdout } = await run("list", "app.db", "--json", ...args);
    const { listings } = resultOf(stdout).data as { listings: { backups: Listed[] }[] };
    return listings[0]?.backups ?? [];
  };
  const sequences = (backups: readonly Listed[]) => backups.map(({ sequence }) => sequence);
  const all = await list();
  assert.deepEqual(sequences(all), [3, 2, 1]);
  assert.deepEqual(sequences(await list("--reverse")), [1, 2, 3]);
  assert.deepEqual(sequences(await list("--limit", "2")), [3, 2]);
  assert.deepEqual(sequences(await list("--reason", "pre-import")), [2]);
  assert.deepEqual(sequences(await list("--since", "yesterday")), [3, 2, 1]);
  assert.deepEqual(sequences(await list("--until", "yesterday")), []);
  assert.deepEqual(sequences(await list("--since", "1h ago", "--sort", "name")), [1, 2, 3]);

  await Deno.remove(dir.join("backups", all[0]?.name ?? ""));
  assert.deepEqual(sequences(await list("--state", "missing")), [3]);
  assert.deepEqual(sequences(await list("--state", "available")), [2, 1]);

  const id = all[1]?.id ?? "";
  const show = await run("show", id.slice(0, 10), "--database", "app.db");
  assert.match(show.stdout, new RegExp(`^id +${id}$`, "m"));
  const several = await run("show", "20", "--database", "app.db");
  assert.equal(several.code, 2);
  assert.match(several.stderr, /fits 3 backups: /);
  const here = await run("list");
  assert.equal(here.stdout.trimEnd().split("\n").length, 4);
  const byDirectory = await run("list", "--directory", "backups", "--limit", "1");
  assert.equal(byDirectory.stdout.trimEnd().split("\n").length, 2);
});

Deno.test("holdfast verify ends with 20 where a backup was changed, restore refuses it", async () => {
  await using dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  const run = (...args: string[]) => runHoldfast(args, { cwd: dir.path });
  await run("backup", "app.db");
  const { data } = resultOf((await run("list", "--json")).stdout);
  const { listings } = data as { listings: { backups: { path: string }[] }[] };
  const path = listings[0]?.backups[0]?.path ?? "";
  const bytes = await Deno.readFile(path);
  bytes.set([(bytes[5000] ?? 0) ^ 1], 5000);
  await Deno.writeFile(path, bytes);
  const verify = await run("verify", "--database", "app.db");
  assert.equal(verify.code, 20, verify.stderr);
  assert.match(verify.stdout, /^BAD .*\n {6}the file was changed/);
  const name = path.split("/").at(-1) ?? "";
  const restore = await run("restore", name, "--yes");
  assert.equal(restore.code, 20, restore.stderr);
});
