import assert from "node:assert/strict";
import { resultOf, runHoldfast } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";

Deno.test("plugin new makes a plugin whose tests pass, and that loads by its path", async () => {
  await using dir = await tempDir();
  const made = await runHoldfast(["plugin", "new", "shelf"], { cwd: dir.path });
  assert.equal(made.code, 0, made.stderr);
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["test"],
    cwd: dir.join("shelf"),
  }).output();
  const decoder = new TextDecoder();
  assert.ok(success, decoder.decode(stdout) + decoder.decode(stderr));
  makeSampleDatabase(dir.join("app.db"));
  await Deno.writeTextFile(dir.join("holdfast.json"), '{"plugins": ["./shelf/mod.ts"]}');
  const listed = await runHoldfast(["plugin", "list"], { cwd: dir.path });
  assert.match(listed.stdout, /shelf {2}Keeps copies in shelf\.\n {2}target shelf: place\*/);
});

Deno.test("plugin new refuses a folder that is there, and a name that no plugin may have", async () => {
  await using dir = await tempDir();
  await Deno.mkdir(dir.join("shelf"));
  const there = await runHoldfast(["plugin", "new", "shelf", "--json"], { cwd: dir.path });
  assert.equal((resultOf(there.stdout).error as { code: string }).code, "DESTINATION_EXISTS");
  assert.equal((await runHoldfast(["plugin", "new", "../x"], { cwd: dir.path })).code, 2);
});
