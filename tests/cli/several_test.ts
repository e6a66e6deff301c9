import assert from "node:assert/strict";
import { checkedData } from "../support/json_result.ts";
import { runHoldfast } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";

/** One database with a backup, and one whose catalog is no catalog. */
async function prepared(): Promise<TempDir> {
  const dir = await tempDir();
  makeSampleDatabase(dir.join("good.db"));
  const ran = await runHoldfast(["backup", "good.db"], { cwd: dir.path });
  assert.equal(ran.code, 0, ran.stderr);
  makeSampleDatabase(dir.join("bad.db"));
  await Deno.mkdir(dir.join("bad.db.backups"));
  await Deno.writeTextFile(dir.join("bad.db.backups/catalog.db"), "no catalog, ".repeat(500));
  return dir;
}

for (const verb of ["list", "health", "stats", "status"] as const) {
  Deno.test(`holdfast ${verb} of several ends with 3 where one cannot be looked at, and shows the others`, async () => {
    await using dir = await prepared();
    const run = (...args: string[]) => runHoldfast([verb, ...args], { cwd: dir.path });
    const text = await run("bad.db", "good.db");
    assert.equal(text.code, 3, text.stderr);
    assert.match(text.stdout, /good\.db/);
    assert.match(text.stderr, /^error BACKUP_LIST_FAILED: .*bad\.db\.backups/m);
    const data = checkedData(await run("bad.db", "good.db", "--json"), verb);
    assert.match(
      JSON.stringify(data),
      /"failed":\[\{"database":"[^"]*bad\.db","error":\{"code":"BACKUP_/,
    );
    assert.equal((await run("bad.db")).code, 1);
  });
}
