import { deepEqual, throws } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { descriptorOf, openLive } from "./open.ts";
import { keepLaterCommits } from "./restore_in_place.ts";

Deno.test("keepLaterCommits refuses a file that was replaced by a rename since it was opened", async () => {
  await using dir = await tempDir();
  const live = dir.join("app.db");
  using app = new DatabaseSync(live);
  app.exec("CREATE TABLE t (x)");
  using _held = descriptorOf(live);
  using other = new DatabaseSync(dir.join("other.db"));
  other.exec("CREATE TABLE u (x); INSERT INTO u VALUES ('in no safety backup')");
  using _monitor = openLive(live, 1000);
  await Deno.rename(dir.join("other.db"), live);
  throws(
    () => keepLaterCommits({ live, safetyAgain: dir.join("again.db") }),
    { name: "HoldfastError", code: "DATABASE_BUSY" },
  );
  deepEqual([...Deno.readDirSync(dir.path)].map(({ name }) => name), ["app.db"]);
});
