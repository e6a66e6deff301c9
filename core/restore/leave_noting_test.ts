import { deepEqual, equal } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { backup } from "../backup.ts";
import { rescue } from "../rescue.ts";
import { restore } from "../restore.ts";
import { undo } from "../undo.ts";

for (const job of ["restore", "rescue"] as const) {
  Deno.test(`${job}() that cannot be noted is no failure, and undo takes it back`, async () => {
    await using dir = await tempDir();
    const database = dir.join("app.db");
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE t (n INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2)");
    await backup({ database });
    app.exec("DELETE FROM t WHERE n = 1; INSERT INTO t VALUES (3)");
    const values = (): unknown[] => app.prepare("SELECT n FROM t").all().map(({ n }) => n);
    const catalog = dir.join("backups/catalog.db");
    change(
      catalog,
      `CREATE TRIGGER full BEFORE INSERT ON runs WHEN NEW.outcome = 'done' AND NEW.job = '${job}'
       BEGIN SELECT RAISE(ABORT, 'no room'); END`,
    );
    const { warnings } = job === "restore"
      ? await restore({ database })
      : await rescue({ database, table: "t" });
    deepEqual(warnings.map(({ code }) => code), ["NOT_LOGGED"]);
    deepEqual(values(), job === "restore" ? [1, 2] : [1, 2, 3]);
    change(catalog, "DROP TRIGGER full");
    const undone = await undo({ database });
    equal(undone.warnings.some(({ code }) => code === "RECOVERED"), true);
    deepEqual(values(), [2, 3]);
  });
}

function change(path: string, sql: string): void {
  using database = new DatabaseSync(path);
  database.exec(sql);
}
