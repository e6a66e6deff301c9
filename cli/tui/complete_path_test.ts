import { deepEqual, equal } from "node:assert/strict";
import { tempDir } from "../../tests/support/temp_dir.ts";
import { completePath, typedToPath } from "./complete_path.ts";

Deno.test("completePath() gives files and folders that begin like that", async () => {
  await using dir = await tempDir();
  await Deno.mkdir(dir.join("apps"));
  await Deno.writeTextFile(dir.join("app.db"), "");
  await Deno.writeTextFile(dir.join(".hidden"), "");
  const here = { cwd: dir.path, home: dir.path };

  deepEqual(await completePath("ap", here), ["app.db", "apps/"]);
  deepEqual(await completePath("~/apps", here), ["~/apps/"]);
  deepEqual(await completePath("", here), ["app.db", "apps/"]);
  deepEqual(await completePath(".h", here), [".hidden"]);
  deepEqual(await completePath("nowhere/x", here), []);
  deepEqual(await completePath("app.db/x", here), []);
  deepEqual(await completePath(`${"a".repeat(300)}/x`, here), []);
  deepEqual(await completePath("nul\0/x", here), []);
});

Deno.test("typedToPath() knows the home folder", () => {
  equal(typedToPath("~/a.db", { cwd: "/w", home: "/home/ada" }), "/home/ada/a.db");
  equal(typedToPath("a.db", { cwd: "/w", home: undefined }), "/w/a.db");
  equal(typedToPath("~a.db", { cwd: "/w", home: "/home/ada" }), "/w/~a.db");
});
