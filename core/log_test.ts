import { deepEqual, equal } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { tempDir } from "../tests/support/temp_dir.ts";
import { backup } from "./backup.ts";
import { exportDatabase } from "./export.ts";
import { hostName } from "./files/directory_lock.ts";
import { userName } from "./directory/user_name.ts";
import { readLog } from "./log.ts";
import { restore } from "./restore.ts";
import { undo } from "./undo.ts";

Deno.test("readLog says who restored and exported what, also into another file", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  using app = new DatabaseSync(database);
  app.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  const { id } = await backup({ database });
  app.exec("DELETE FROM t");
  await restore({ database, backup: id });
  await restore({ database, backup: id, to: dir.join("copy.db") });
  await restore({ database, backup: id, to: dir.join("other.db"), dryRun: true });
  await exportDatabase({ database, backup: id, format: "csv", output: dir.join("out") });
  const log = await readLog({ database });
  deepEqual(
    log.map(({ job, details }) => [job, details.to ?? details.output ?? null]),
    [
      ["export", dir.join("out")],
      ["restore", dir.join("copy.db")],
      ["restore", null],
      ["backup", null],
    ],
  );
  for (const { user, host } of log) deepEqual([user, host], [userName(), hostName()]);
  await undo({ database });
  equal(app.prepare("SELECT count(*) AS n FROM t").get()?.n, 0, "undo passes over the copy");
});
