import assert from "node:assert/strict";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { setSystemBackup } from "./system_backup.ts";

const onMac = Deno.build.os === "darwin";

Deno.test({
  name: "setSystemBackup tags the directory as backup programs expect, and takes the tag away",
  ignore: onMac,
  fn: async () => {
    await using dir = await tempDir();
    const path = dir.join("CACHEDIR.TAG");
    await setSystemBackup(dir.path, true);
    await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
    await setSystemBackup(dir.path, false);
    await setSystemBackup(dir.path, false);
    const text = await Deno.readTextFile(path);
    assert.equal(text.slice(0, 43), "Signature: 8a477f597d28d172789f06886806bc55");
    await setSystemBackup(dir.path, true);
    await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
    await Deno.writeTextFile(path, `${text}# mine`);
    await setSystemBackup(dir.path, true);
    assert.equal(await Deno.readTextFile(path), `${text}# mine`);
  },
});
