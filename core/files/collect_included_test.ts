import { deepEqual, rejects } from "node:assert/strict";
import { dirname } from "node:path";
import { type TempDir, tempDir } from "../../tests/support/temp_dir.ts";
import { collectIncludedFiles, type Collection, type CollectOptions } from "./collect_included.ts";

const { signal } = new AbortController();

/** A database with files beside it. */
async function home(dir: TempDir, names: readonly string[]): Promise<string> {
  for (const name of ["home/app.db", ...names.map((name) => `home/${name}`)]) {
    await Deno.mkdir(dirname(dir.join(name)), { recursive: true });
    await Deno.writeTextFile(dir.join(name), name);
  }
  return dir.join("home/app.db");
}

/** Collects; names only. */
async function collected(
  database: string,
  options: Partial<CollectOptions>,
): Promise<
  { readonly files: readonly string[]; readonly skipped: Readonly<Record<string, string>> }
> {
  const found: Collection = await collectIncludedFiles({
    database,
    include: [],
    exclude: [],
    never: [],
    signal,
    ...options,
  });
  return {
    files: found.files.map(({ name }) => name),
    skipped: Object.fromEntries(found.skipped.map(({ name, why }) => [name, why])),
  };
}

Deno.test("collectIncludedFiles takes what the rules take, never the database or its backups", async () => {
  await using dir = await tempDir();
  const database = await home(dir, ["prefs.json", "docs/a.txt", "docs/b/c.txt", "backups/1.db"]);
  deepEqual(await collected(database, { include: ["."], never: [dir.join("home/backups")] }), {
    files: ["docs/a.txt", "docs/b/c.txt", "prefs.json"],
    skipped: {},
  });
  deepEqual(await collected(database, { include: ["docs", "prefs.json"], exclude: ["**/c.txt"] }), {
    files: ["docs/a.txt", "prefs.json"],
    skipped: {},
  });
});

Deno.test("collectIncludedFiles tells what is missing", async () => {
  await using dir = await tempDir();
  const database = await home(dir, ["a.txt"]);
  deepEqual(await collected(database, { include: ["a.txt", "gone", "none/*.x", "a.txt/b"] }), {
    files: ["a.txt"],
    skipped: { gone: "missing", "none/*.x": "missing", "a.txt/b": "missing" },
  });
  deepEqual(await collected(database, { include: ["gone"], exclude: ["gone"] }), {
    files: [],
    skipped: {},
  });
});

Deno.test("collectIncludedFiles follows no link, at the end or on the way", async () => {
  await using dir = await tempDir();
  const database = await home(dir, ["docs/a.txt"]);
  await Deno.writeTextFile(dir.join("secret"), "secret");
  await Deno.symlink(dir.join("secret"), dir.join("home/docs/link"));
  await Deno.symlink(dir.path, dir.join("home/out"));
  deepEqual(await collected(database, { include: ["docs", "out/**", "out/secret"] }), {
    files: ["docs/a.txt"],
    skipped: { "docs/link": "link", "out/**": "link", "out/secret": "link" },
  });
  deepEqual(await collected(database, { listed: ["docs/link", "out/secret"] }), {
    files: [],
    skipped: { "docs/link": "link", "out/secret": "link" },
  });
});

Deno.test("collectIncludedFiles takes files that the database refers to", async () => {
  await using dir = await tempDir();
  const database = await home(dir, ["media/1.jpg", "media/ü 2.jpg", "media/3.jpg"]);
  await Deno.writeTextFile(dir.join("outside.jpg"), "x");
  const listed = [
    "media/1.jpg",
    dir.join("home/media/3.jpg"),
    new URL(`file://${dir.join("home/media/")}${encodeURIComponent("ü 2.jpg")}`).href,
    null,
    "",
    "media/gone.jpg",
    "../outside.jpg",
    "media",
    "app.db",
  ];
  deepEqual(await collected(database, { listed }), {
    files: ["media/1.jpg", "media/3.jpg", "media/ü 2.jpg"],
    skipped: { "media/gone.jpg": "missing", "../outside.jpg": "outside", media: "special" },
  });
});

Deno.test("collectIncludedFiles takes no database in use and no names that clash elsewhere", async () => {
  await using dir = await tempDir();
  const names = ["x.db", "x.db-wal", "y.db", "back\\slash", "Readme", "README"];
  const database = await home(dir, names);
  deepEqual(await collected(database, { include: ["."] }), {
    files: ["README", "y.db"],
    skipped: {
      "x.db": "database",
      "x.db-wal": "database",
      "back\\slash": "name",
      Readme: "twin",
    },
  });
});

Deno.test({
  name: "collectIncludedFiles tells pipes and folders that it may not read",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using dir = await tempDir();
    const database = await home(dir, ["a.txt"]);
    await new Deno.Command("mkfifo", { args: [dir.join("home/pipe")] }).output();
    deepEqual(await collected(database, { include: ["."] }), {
      files: ["a.txt"],
      skipped: { pipe: "special" },
    });
  },
});

Deno.test("collectIncludedFiles stops when it is aborted", async () => {
  await using dir = await tempDir();
  const database = await home(dir, ["a.txt"]);
  const given = AbortSignal.abort(new RangeError("given up"));
  await rejects(collected(database, { include: ["."], signal: given }), RangeError);
});
