import { deepEqual } from "node:assert/strict";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { sweepUnfinished } from "./sweep_unfinished.ts";

Deno.test("sweepUnfinished removes old unfinished files only", async () => {
  await using dir = await tempDir();
  const long = new Date(2020, 0, 1);
  for (const name of [".unfinished-old", ".unfinished-new", "old.db", "just.db"]) {
    await Deno.writeTextFile(dir.join(name), name);
  }
  await Deno.utime(dir.join(".unfinished-old"), long, long);
  await Deno.utime(dir.join("old.db"), long, long);
  await sweepUnfinished(dir.path, dir.join("just.db"));
  const left = (await Array.fromAsync(Deno.readDir(dir.path))).map(({ name }) => name);
  deepEqual(left.sort(), [".unfinished-new", "just.db", "old.db"]);
});
