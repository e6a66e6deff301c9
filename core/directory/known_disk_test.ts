import { deepEqual, equal, rejects } from "node:assert/strict";
import { removableDisk } from "../../tests/support/removable_disk.ts";
import { makeSampleDatabase } from "../../tests/support/sample_database.ts";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { backup } from "../backup.ts";
import { memoryState } from "../extend/memory_state.ts";

Deno.test({
  name: "backup puts nothing into the empty mount point of a disk that its state knows",
  // Only root may mount, and only on Linux.
  ignore: !(Deno.build.os === "linux" && Deno.uid() === 0),
  fn: async () => {
    await using disk = await removableDisk();
    if (disk === undefined) throw new Error("Cannot mount a disk");
    await using dir = await tempDir();
    const database = dir.join("app.db");
    makeSampleDatabase(database);
    const options = { database, directory: `${disk.path}/backups` };
    const state = memoryState();
    await disk.plugIn();
    const broken = { ...state, set: () => Promise.reject(new Error("no room")) };
    const { warnings } = await backup({ ...options, state: broken });
    deepEqual(warnings.map(({ code }) => code), ["NOT_KEPT"]);
    equal((await backup({ ...options, state })).warnings.length, 0);
    await disk.pullOut();
    await rejects(backup({ ...options, state }), { code: "BACKUP_FAILED", message: /is away$/ });
    deepEqual([...Deno.readDirSync(disk.path)], []);
    // It may be meant; and without a state nobody can know.
    equal((await backup({ ...options, state, adopt: true })).proof, "checked");
    await Deno.remove(options.directory, { recursive: true });
    equal((await backup(options)).proof, "checked");
    await Deno.remove(options.directory, { recursive: true });
  },
});
