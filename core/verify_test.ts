import { equal } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { tempDir } from "../tests/support/temp_dir.ts";
import { backup } from "./backup.ts";
import { deleteBackups, undeleteBackups } from "./delete.ts";
import { verify } from "./verify.ts";

Deno.test("verify takes no proof from a backup that is deleted while it runs", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (x)");
  }
  const { id } = await backup({ database });
  await backup({ database });
  let deleted: Promise<unknown> | undefined;
  await verify({
    database,
    all: true,
    onEvent: ({ type }) => {
      // The newest is verified first.
      if (type === "progress") deleted ??= deleteBackups({ database, backups: [id] });
    },
  });
  await deleted;
  const { backups: [back] } = await undeleteBackups({ database, backups: [id] });
  equal(back?.proof, "checked");
});
