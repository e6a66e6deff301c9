import { equal, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { backup, diff } from "../../mod.ts";
import { anonymousBytes, processes } from "../support/processes.ts";
import { tempDir } from "../support/temp_dir.ts";

const ROWS = 1_000_000;
/** What the engine may hold: a Deno process by itself takes some 40 MB. */
const MOST = 150e6;

Deno.test("diff of a million rows compares them in bounded memory", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec(`PRAGMA synchronous = OFF; CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT);
      WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < ${ROWS})
        INSERT INTO t SELECT i, 'the text of row ' || i FROM c`);
  }
  await backup({ database, verify: "none" });
  {
    using app = new DatabaseSync(database);
    // Half of them differ, so that nothing is passed over quickly.
    app.exec("PRAGMA synchronous = OFF; UPDATE t SET x = x || '!' WHERE id % 2 = 0");
  }
  let peak = 0;
  let comparing = true;
  const watching = (async () => {
    while (comparing) {
      const ours = processes().filter(({ ppid, command }) =>
        ppid === Deno.pid && command.includes(dir.path)
      );
      peak = Math.max(peak, ...ours.map(({ pid }) => anonymousBytes(pid)));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  try {
    const { tables } = await diff({ database, rows: 10 });
    const [t] = tables;
    equal(t?.changed, ROWS / 2);
    equal(t?.rows?.length, 10);
  } finally {
    comparing = false;
    await watching;
  }
  ok(peak > 1e6, "its process was seen");
  ok(peak < MOST, `${Math.round(peak / 1e6)} MB`);
});
