import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { bytesBody, type Target, TargetError } from "../../core/extend/mod.ts";
import { checkTarget } from "../../core/extend/testing.ts";
import { requireProgram } from "../../tests/support/require_program.ts";
import { type TempDir, tempDir } from "../../tests/support/temp_dir.ts";
import { packed, signal, textFile } from "./testing/archives.ts";
import { context } from "./testing/context.ts";
import { zipTarget } from "./zip_target.ts";

/** A target over a folder. */
async function target(dir: TempDir, password?: string): Promise<Target> {
  return await zipTarget.create(context({ folder: dir.path, level: 1 }, password));
}

/** A text as a body. */
function body(text: string): ReturnType<typeof bytesBody> {
  return bytesBody(new TextEncoder().encode(text));
}

for (const [name, password] of [["", undefined], [", encrypted", "correct horse"]] as const) {
  Deno.test(`zipTarget keeps the promises of a target${name}`, async (t) => {
    await using dir = await tempDir();
    await checkTarget(() => target(dir, password), { step: (name, run) => t.step(name, run) });
    const left = await Array.fromAsync(Deno.readDir(dir.path));
    deepEqual(left.filter(({ isFile }) => isFile).map(({ name }) => name), [".holdfast-folder"]);
  });
}

Deno.test({
  ...requireProgram(["unzip"], "zipTarget stores what unzip opens"),
  async fn() {
    await using dir = await tempDir();
    await (await target(dir)).put("app-1/a.db", body("rows"), { signal });
    const { stdout } = await new Deno.Command("unzip", {
      args: ["-p", dir.join("app-1/a.db.zip"), "a.db"],
    }).output();
    equal(new TextDecoder().decode(stdout), "rows");
  },
});

Deno.test("zipTarget keeps an archive as it is", async () => {
  await using dir = await tempDir();
  const archive = await packed([textFile("database.sqlite", "rows")]);
  const zips = await target(dir);
  await zips.put("app-1/2026-01-02_09-15-00.zip", bytesBody(archive), { signal });
  deepEqual(await Deno.readFile(dir.join("app-1/2026-01-02_09-15-00.zip")), archive);
  equal((await zips.stat("app-1/2026-01-02_09-15-00.zip", { signal }))?.size, archive.length);
});

Deno.test("zipTarget finds every altered byte of an object when it is read", async () => {
  await using dir = await tempDir();
  const zips = await target(dir);
  await zips.put("a.db", body("rows ".repeat(9)), { signal });
  const bytes = await Deno.readFile(dir.join("a.db.zip"));
  for (let at = 0; at < bytes.length; at++) {
    const flipped = bytes.slice();
    flipped[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
    await Deno.writeFile(dir.join("a.db.zip"), flipped);
    try {
      equal(await new Response(await zips.get("a.db", { signal })).text(), "rows ".repeat(9));
    } catch (error) {
      // Some flips make a name or a method that is refused, or ask for a password.
      equal(error instanceof TargetError, true, String(error));
    }
  }
});

Deno.test("zipTarget lists a damaged archive, which cannot be read", async () => {
  await using dir = await tempDir();
  const zips = await target(dir);
  await zips.put("a.db", body("rows"), { signal });
  await Deno.truncate(dir.join("a.db.zip"), 40);
  deepEqual((await Array.fromAsync(zips.list("", { signal }))).map(({ key }) => key), ["a.db"]);
  await rejects(zips.get("a.db", { signal }), { kind: "corrupt" });
});

Deno.test("zipTarget is unavailable without its folder and fills no empty mount point", async () => {
  await using dir = await tempDir();
  const drive = dir.join("drive");
  const settings = context({ folder: drive });
  const zips = await zipTarget.create(settings);
  await rejects(zips.put("a.db", body("rows"), { signal }), { kind: "unavailable" });
  await Deno.mkdir(drive);
  await zips.put("a.db", body("rows"), { signal });
  await Deno.rename(drive, dir.join("elsewhere"));
  await Deno.mkdir(drive);
  const again = await zipTarget.create(settings);
  await rejects(again.put("b.db", body("rows"), { signal }), (error) => {
    equal(error instanceof TargetError && error.kind, "unavailable");
    match(String(error), /nothing of before/);
    return true;
  });
  deepEqual(await Array.fromAsync(Deno.readDir(drive)), []);
  await zipTarget.disconnect?.(settings);
  await again.put("b.db", body("rows"), { signal });
});

Deno.test("zipTarget sweeps what a kill left a day ago, and lists none of it", async () => {
  await using dir = await tempDir();
  for (const [name, at] of [["old", new Date(2020, 0, 1)], ["new", undefined]] as const) {
    await Deno.writeTextFile(dir.join(`.unfinished-${name}`), "half");
    if (at !== undefined) await Deno.utime(dir.join(`.unfinished-${name}`), at, at);
  }
  const zips = await target(dir);
  deepEqual(await Array.fromAsync(zips.list("", { signal })), []);
  await zips.put("a.db", body("rows"), { signal });
  const left = (await Array.fromAsync(Deno.readDir(dir.path))).map(({ name }) => name).sort();
  deepEqual(left, [".holdfast-folder", ".unfinished-new", "a.db.zip"]);
});

Deno.test("zipTarget says that the password is missing or wrong", async () => {
  await using dir = await tempDir();
  await (await target(dir, "right")).put("a.db", body("rows"), { signal });
  for (const password of [undefined, "wrong"]) {
    const zips = await target(dir, password);
    await rejects(zips.get("a.db", { signal }), { kind: "denied" });
    equal((await zips.stat("a.db", { signal }))?.size, 4);
  }
});
