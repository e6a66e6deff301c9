import { deepEqual, equal, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { backup, HoldfastError } from "../../mod.ts";
import { becomes } from "../support/patience.ts";
import { smallDisk } from "../support/small_disk.ts";
import { tempDir } from "../support/temp_dir.ts";

const isRoot = Deno.build.os === "linux" && Deno.uid() === 0;

Deno.test({
  name: `backup of a database on a read-only disk: rollback mode works, WAL says what it needs${
    isRoot ? "" : " (needs root to mount)"
  }`,
  ignore: !isRoot && Deno.env.get("HOLDFAST_TEST_ALL") !== "1",
  fn: async () => {
    await using dir = await tempDir();
    await using disk = await smallDisk(4_000);
    if (disk === undefined) throw new Error("Cannot mount a small disk");
    for (const mode of ["wal", "delete"]) {
      using app = new DatabaseSync(`${disk.path}/${mode}.db`);
      app.exec(`PRAGMA journal_mode = ${mode}; CREATE TABLE t (x); INSERT INTO t VALUES (1)`);
    }
    const remounted = async (how: string): Promise<boolean> => {
      const args = ["-o", `remount,${how}`, disk.path];
      return (await new Deno.Command("mount", { args, stderr: "null" }).output()).success;
    };
    // A program that another test starts just now holds for a moment what is open here.
    const remount = (how: string): Promise<void> => becomes(`it is ${how}`, () => remounted(how));
    await remount("ro");
    try {
      const { path } = await backup({
        database: `${disk.path}/delete.db`,
        directory: dir.join("delete"),
      });
      using copy = new DatabaseSync(path);
      equal(copy.prepare("SELECT count(*) AS n FROM t").get()?.n, 1);
      await rejects(
        backup({ database: `${disk.path}/wal.db`, directory: dir.join("wal") }),
        (error: unknown) => error instanceof HoldfastError && error.code === "PERMISSION_DENIED",
      );
      deepEqual([...Deno.readDirSync(dir.path)].map(({ name }) => name), ["delete"]);
    } finally {
      await remount("rw");
    }
  },
});
