import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { backup, HoldfastError, type HoldfastEvent, restore, verify } from "../../mod.ts";
import { smallDisk } from "../support/small_disk.ts";
import { tempDir } from "../support/temp_dir.ts";
import { makeLedger, tornIn } from "./writer.ts";

const isRoot = Deno.build.os === "linux" && Deno.uid() === 0;
const noSpace = (error: unknown): boolean =>
  error instanceof HoldfastError && error.code === "NO_SPACE";

function files(directory: string): string[] {
  return [...Deno.readDirSync(directory)].map(({ name }) => name).filter((name) =>
    /^\d{4}-/.test(name)
  );
}

Deno.test({
  name: `backup onto a full disk says NO_SPACE and leaves nothing${
    isRoot ? "" : " (needs root to mount)"
  }`,
  ignore: !isRoot && Deno.env.get("HOLDFAST_TEST_ALL") !== "1",
  fn: async () => {
    await using dir = await tempDir();
    const database = dir.join("app.db");
    makeLedger(database, "wal");
    await using disk = await smallDisk(12_000);
    if (disk === undefined) throw new Error("Cannot mount a small disk");
    const directory = `${disk.path}/backups`;
    const { name } = await backup({ database, directory });
    // Full before it begins; then filled while it runs, in each phase.
    for (const phase of ["start", "snapshot", "check", "record"] as const) {
      const filler = `${disk.path}/filler`;
      const fill = (): void => fillUp(filler);
      if (phase === "start") fill();
      const onEvent = (event: HoldfastEvent): void => {
        if (event.type === "progress" && event.phase === phase && !exists(filler)) fill();
      };
      try {
        await backup({ database, directory, onEvent });
        ok(phase === "check" || phase === "record", `${phase}: it fitted all the same`);
      } catch (error) {
        ok(noSpace(error) || phase === "record", `${phase}: ${error}`);
      }
      Deno.removeSync(filler);
      deepEqual(tornIn(database).filter((wrong) => !wrong.includes("rows of another")), []);
      deepEqual([...Deno.readDirSync(`${directory}/.staging`)], [], phase);
    }
    ok(files(directory).includes(name));
    ok((await verify({ database, directory, all: true })).ok);
  },
});

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Takes all the room there is. */
function fillUp(path: string): void {
  using file = Deno.openSync(path, { write: true, create: true });
  const chunk = new Uint8Array(64 << 10);
  for (let size = chunk.length; size >= 512; size >>= 1) {
    try {
      while (true) file.writeSync(chunk.subarray(0, size));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
    }
  }
}

Deno.test({
  name: `restore onto a full disk says NO_SPACE and changes nothing${
    isRoot ? "" : " (needs root to mount)"
  }`,
  ignore: !isRoot && Deno.env.get("HOLDFAST_TEST_ALL") !== "1",
  fn: async () => {
    await using dir = await tempDir();
    await using disk = await smallDisk(16_000);
    if (disk === undefined) throw new Error("Cannot mount a small disk");
    const database = `${disk.path}/app.db`;
    makeLedger(database, "wal");
    const directory = dir.join("backups");
    await backup({ database, directory });
    using app = new DatabaseSync(database);
    app.exec("DELETE FROM account; PRAGMA wal_checkpoint(TRUNCATE)");
    for (const phase of ["start", "safety"] as const) {
      const filler = `${disk.path}/filler`;
      if (phase === "start") fillUp(filler);
      const onEvent = (event: HoldfastEvent): void => {
        if (event.type === "progress" && event.phase === phase && !exists(filler)) fillUp(filler);
      };
      await rejects(restore({ database, directory, onEvent }), noSpace, phase);
      Deno.removeSync(filler);
      equal(app.prepare("SELECT count(*) AS n FROM account").get()?.n, 0);
    }
    await restore({ database, directory });
    equal(app.prepare("SELECT count(*) AS n FROM account").get()?.n, 100);
  },
});

Deno.test("backup under a file-size limit says NO_SPACE and leaves nothing", async () => {
  await using dir = await tempDir();
  const database = dir.join("app.db");
  makeLedger(database, "wal");
  {
    // The limit is above what Deno keeps in its own cache.
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE large AS SELECT zeroblob(30000000) AS x");
  }
  const script = new URL("./run_verb.ts", import.meta.url).href;
  const command = new Deno.Command("bash", {
    args: [
      "-c",
      'ulimit -f 20000; exec "$0" "$@"',
      Deno.execPath(),
      "run",
      "-A",
      "-q",
      script,
      "backup",
      database,
    ],
  });
  const { success, stdout } = await command.output();
  equal(success, false, "the limit was not felt");
  ok(new TextDecoder().decode(stdout).includes('"NO_SPACE"'));
  equal([...Deno.readDirSync(dir.path)].some(({ name }) => name === "backups"), false);
  await backup({ database });
  deepEqual([...Deno.readDirSync(dir.join("backups", ".staging"))], []);
});
