import { deepEqual, ok } from "node:assert/strict";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { backup, undo } from "../../mod.ts";
import { copyBench, textsIn } from "../support/copy_bench.ts";
import { noneLives } from "../support/processes.ts";
import { zipFormats } from "../support/zip_formats.ts";

const program = fileURLToPath(new URL("./killed_restore.ts", import.meta.url));

/** The files of the test with their content; hidden ones that were left too. */
async function filesIn(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { name } of Deno.readDir(folder)) {
    found[name] = await Deno.readTextFile(`${folder}/${name}`);
  }
  return found;
}

/** Kills one restore; gives what the database was after that, and whether it was too late. */
async function killOnce(
  when: string,
): Promise<{ readonly restored: boolean; readonly late: boolean }> {
  await using bench = await copyBench();
  const { database } = bench;
  const formats = await zipFormats();
  const docs = bench.join("docs");
  await Deno.mkdir(docs);
  const old = { "a.txt": "old a", "b.txt": "old b", "c.txt": "old c" };
  for (const [name, text] of Object.entries(old)) await Deno.writeTextFile(`${docs}/${name}`, text);
  await bench.backup({ formats, include: ["docs"] });
  bench.write("second");
  const now = { "a.txt": "newer a", "c.txt": "newer c" };
  for (const [name, text] of Object.entries(now)) await Deno.writeTextFile(`${docs}/${name}`, text);
  await Deno.remove(`${docs}/b.txt`);
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "-q", "--no-check", program, database, when],
    stdout: "null",
    stderr: "null",
  }).output();
  await noneLives(dirname(database));
  // The next command of any kind ends it.
  await backup({ database });
  const texts = textsIn(database);
  const restored = texts.length === 1;
  deepEqual(texts, restored ? ["first"] : ["first", "second"]);
  deepEqual(await filesIn(docs), restored ? old : now, `killed at ${when}`);
  if (restored && !success) {
    await undo({ database, formats });
    deepEqual(textsIn(database), ["first", "second"]);
    deepEqual(await filesIn(docs), now, `undone, killed at ${when}`);
  }
  return { restored, late: success };
}

Deno.test({
  name: "restore with files survives kill -9 before each of its steps, database and files together",
  ignore: Deno.build.os !== "linux",
  async fn() {
    // Inside the lock: whether the engine still commits is its race with the end of its parent.
    const jobs = ["restore"];
    const ends: Record<string, boolean> = {};
    let step = 0;
    let isOver = false;
    const work = async (): Promise<void> => {
      while (true) {
        const when = jobs.pop() ?? (isOver ? undefined : String(++step));
        if (when === undefined) return;
        const { restored, late } = await killOnce(when);
        if (late) isOver = true;
        else ends[when] = restored;
      }
    };
    const both = await Promise.allSettled([work(), work()]);
    for (const end of both) if (end.status === "rejected") throw end.reason;
    // Kills both before and after the database was restored.
    ok(Object.values(ends).filter((restored) => !restored).length >= 8, JSON.stringify(ends));
    ok(Object.values(ends).filter((restored) => restored).length >= 2, JSON.stringify(ends));
  },
});
