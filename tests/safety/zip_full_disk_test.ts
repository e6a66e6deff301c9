import { deepEqual, equal, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { backup, restore } from "../../mod.ts";
import { smallDisk } from "../support/small_disk.ts";
import { tempDir } from "../support/temp_dir.ts";
import { zipFormats } from "../support/zip_formats.ts";

Deno.test("a full disk leaves no part of a zip backup, and no file half restored", async () => {
  await using disk = await smallDisk(3_000);
  if (disk === undefined) {
    // deno-lint-ignore no-console -- it says why nothing is tried
    console.log("skipped: this user may not mount a file system");
    return;
  }
  await using dir = await tempDir();
  const database = `${disk.path}/app.db`;
  const directory = dir.join("backups");
  const formats = await zipFormats();
  using app = new DatabaseSync(database);
  app.exec("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('first')");
  const large = crypto.getRandomValues(new Uint8Array(60_000));
  const bytes = new Uint8Array(1_200_000).map((_, at) => large[at % large.length] ?? 0);
  for (let at = 0; at < bytes.length; at += 60_000) bytes[at] = (at / 60_000) & 255;
  await Deno.writeFile(`${disk.path}/large.bin`, bytes);
  await Deno.writeTextFile(`${disk.path}/small.txt`, "old");
  const include = ["large.bin", "small.txt"];
  // The copy of the file does not fit beside it.
  const here = `${disk.path}/backups`;
  await Deno.writeFile(`${disk.path}/filler`, new Uint8Array(1_000_000));
  await rejects(backup({ database, directory: here, formats, include }), { code: "NO_SPACE" });
  const names = (): string[] => [...Deno.readDirSync(disk.path)].map(({ name }) => name).sort();
  deepEqual(names(), ["app.db", "filler", "large.bin", "small.txt"]);
  await backup({ database, directory, formats, include, adopt: true });
  await Deno.writeTextFile(`${disk.path}/small.txt`, "newer");
  await Deno.remove(`${disk.path}/large.bin`);
  await Deno.writeFile(`${disk.path}/filler`, new Uint8Array(2_400_000));
  await rejects(restore({ database, directory, formats }), { code: "NO_SPACE" });
  equal(await Deno.readTextFile(`${disk.path}/small.txt`), "newer");
  deepEqual(names(), ["app.db", "filler", "small.txt"]);
  await Deno.remove(`${disk.path}/filler`);
  await restore({ database, directory, formats });
  equal(await Deno.readTextFile(`${disk.path}/small.txt`), "old");
});
