import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { dirname } from "node:path";
import { listBackups, restore, undo } from "../../mod.ts";
import { bytesBody, fileBody } from "../../core/extend/mod.ts";
import { packArchive } from "../../plugins/zip/mod.ts";
import { type CopyBench, copyBench, textsIn } from "../support/copy_bench.ts";
import { zipFormats } from "../support/zip_formats.ts";

const { signal } = new AbortController();

/** Writes files beside a database; `null` removes one. */
async function put(
  database: string,
  files: Readonly<Record<string, string | null>>,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = `${dirname(database)}/${name}`;
    await Deno.mkdir(dirname(path), { recursive: true });
    if (content === null) await Deno.remove(path);
    else await Deno.writeTextFile(path, content);
  }
}

/** Every file beside the database, hidden ones too, with its content. */
async function filesBeside(database: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const walk = async (folder: string, prefix: string): Promise<void> => {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (prefix === "" && (name === "backups" || name === "usb" || name.startsWith("app.db"))) {
        continue;
      }
      if (isDirectory) await walk(`${folder}/${name}`, `${prefix}${name}/`);
      else found[`${prefix}${name}`] = await Deno.readTextFile(`${folder}/${name}`);
    }
  };
  await walk(dirname(database), "");
  return found;
}

/** A database with a backup of it and its files, and both changed since. */
async function changedSince(bench: CopyBench): Promise<void> {
  await put(bench.database, { "prefs.json": "old", "docs/a.txt": "a", "docs/deep/b.txt": "b" });
  await bench.backup({ formats: await zipFormats(), include: ["prefs.json", "docs"] });
  bench.write("second");
  await put(bench.database, { "prefs.json": "newer", "docs/deep/b.txt": null, "own.txt": "mine" });
  await Deno.remove(`${dirname(bench.database)}/docs/deep`);
}

const before = { "prefs.json": "newer", "docs/a.txt": "a", "own.txt": "mine" };
const after = { ...before, "prefs.json": "old", "docs/deep/b.txt": "b" };

Deno.test("restore brings the files back with the database, undo the files before, redo again", async () => {
  await using bench = await copyBench();
  const { database } = bench;
  const formats = await zipFormats();
  await changedSince(bench);
  const { preview } = await restore({ database, formats, dryRun: true });
  deepEqual(preview?.files, {
    added: 1,
    replaced: 1,
    removed: 0,
    same: 1,
    bytes: 4,
    names: ["docs/deep/b.txt", "prefs.json"],
  });
  deepEqual(await filesBeside(database), before);
  const { warnings } = await restore({ database, formats });
  deepEqual(warnings, []);
  deepEqual(textsIn(database), ["first"]);
  deepEqual(await filesBeside(database), after);
  await undo({ database, formats });
  deepEqual(textsIn(database), ["first", "second"]);
  deepEqual(await filesBeside(database), before);
  await undo({ database, formats });
  deepEqual(textsIn(database), ["first"]);
  deepEqual(await filesBeside(database), after);
});

Deno.test("restore leaves the files alone where only the database is wanted", async () => {
  await using bench = await copyBench();
  const { database } = bench;
  await changedSince(bench);
  await restore({ database, formats: await zipFormats(), files: false });
  deepEqual(textsIn(database), ["first"]);
  deepEqual(await filesBeside(database), before);
});

Deno.test("restore puts everything back where the database cannot be locked", async () => {
  await using bench = await copyBench();
  const { database } = bench;
  const formats = await zipFormats();
  await changedSince(bench);
  using app = new DatabaseSync(database);
  app.exec("PRAGMA journal_mode = wal; BEGIN IMMEDIATE");
  await rejects(restore({ database, formats, lockMs: 300 }), { code: "DATABASE_BUSY" });
  app.exec("ROLLBACK");
  deepEqual(textsIn(database), ["first", "second"]);
  deepEqual(await filesBeside(database), before);
});

Deno.test("restore puts the files back where one of them cannot be written", async () => {
  await using bench = await copyBench();
  const { database } = bench;
  const formats = await zipFormats();
  await changedSince(bench);
  const real = Deno.rename;
  let left = 1;
  const broken: typeof Deno.rename = async (from, to) => {
    // The second file that takes its place fails.
    if (String(from).includes(".holdfast-") && String(from).includes("-new") && left-- === 0) {
      throw new Deno.errors.PermissionDenied("no");
    }
    await real(from, to);
  };
  Object.assign(Deno, { rename: broken });
  try {
    await rejects(restore({ database, formats }));
  } finally {
    Object.assign(Deno, { rename: real });
  }
  deepEqual(textsIn(database), ["first", "second"]);
  deepEqual(await filesBeside(database), before);
});

Deno.test("restore brings database and files back where there is none", async () => {
  await using bench = await copyBench();
  const { database } = bench;
  const formats = await zipFormats();
  await changedSince(bench);
  await Deno.remove(database);
  const { warnings } = await restore({ database, formats });
  deepEqual(textsIn(database), ["first"]);
  // No safety backup could have the old one: it stays, under a name that is told.
  deepEqual(warnings.map(({ code }) => code), ["FILE_KEPT"]);
  match(warnings[0]?.message ?? "", /no database to take a safety backup of/);
  match(warnings[0]?.hint ?? "", /rename it/);
  await rejects(undo({ database, formats }), (error: Error & { hint?: string }) => {
    match(error.hint ?? "", /<name>\.kept-/);
    return true;
  });
  const found = await filesBeside(database);
  const aside = Object.keys(found).find((name) => name.startsWith("prefs.json.kept-")) ?? "";
  deepEqual(found, { ...after, [aside]: "newer" });
});

Deno.test("restore refuses links, folders and databases in use in the way of a file", async () => {
  await using bench = await copyBench();
  const { database } = bench;
  const formats = await zipFormats();
  const root = dirname(database);
  await put(database, { "docs/a.txt": "a", "other.sqlite": "o" });
  await bench.backup({ formats, include: ["docs", "other.sqlite"] });
  bench.write("second");
  await Deno.mkdir(`${root}/elsewhere`);
  const refused = async (): Promise<void> => {
    await rejects(restore({ database, formats }), { code: "RESTORE_FAILED" });
    deepEqual(textsIn(database), ["first", "second"]);
  };
  await Deno.remove(`${root}/docs`, { recursive: true });
  await Deno.symlink(`${root}/elsewhere`, `${root}/docs`);
  await refused();
  await Deno.remove(`${root}/docs`);
  await Deno.mkdir(`${root}/docs/a.txt`, { recursive: true });
  await refused();
  await Deno.remove(`${root}/docs/a.txt`);
  await put(database, { "other.sqlite": "busy", "other.sqlite-wal": "log" });
  await refused();
  deepEqual([...Deno.readDirSync(`${root}/elsewhere`)], []);
});

Deno.test("restore takes nothing from a stranger's archive that would harm", async () => {
  await using bench = await copyBench();
  const { database } = bench;
  const formats = await zipFormats();
  const { path } = await bench.backup();
  bench.write("second");
  await put(database, { "own.txt": "mine" });
  const hand = bench.join("hand.zip");
  const restoring = async (
    names: readonly string[],
    facts: Readonly<Record<string, unknown>> = {},
    more: { readonly force?: boolean } = {},
  ): Promise<void> => {
    const body = bytesBody(new TextEncoder().encode("strange"));
    const files = [
      { name: "database.sqlite", body: await fileBody(path) },
      ...names.map((name) => ({ name: `files/${name}`, body })),
    ];
    await Deno.writeFile(hand, packArchive(files, facts, { signal }));
    await restore({ database, formats, backup: hand, ...more });
  };
  for (
    const name of ["app.db-wal", "app.db", "APP.db-journal", "backups/catalog.db", "backups/x.zip"]
  ) {
    await rejects(restoring([name]), { code: "BACKUP_INVALID" }, name);
  }
  for (const name of [".bashrc", "holdfast.json", "docs/.git/config"]) {
    await rejects(restoring([name]), { code: "RESTORE_FAILED" }, name);
  }
  deepEqual(textsIn(database), ["first", "second"]);
  // Whatever it says was not there: nothing goes.
  await restoring(["docs/a.txt"], { absentFiles: ["own.txt", "../../etc/passwd"] });
  const { "hand.zip": _, ...found } = await filesBeside(database);
  deepEqual(found, { "own.txt": "mine", "docs/a.txt": "strange" });
  deepEqual(textsIn(database), ["first"]);
  await undo({ database, formats });
  const { "hand.zip": _hand, ...undone } = await filesBeside(database);
  deepEqual(undone, { "own.txt": "mine" });
});

Deno.test("restore brings 100 files with odd names back", async () => {
  await using bench = await copyBench();
  const { database } = bench;
  const formats = await zipFormats();
  const odd = [
    "grüße 日本.txt",
    "a'b\"c",
    "-rf",
    "*?[x]",
    "%20",
    "🙂",
    " space ",
    "a.",
    "$HOME",
    "~",
  ];
  const files = Object.fromEntries(
    Array.from({ length: 100 }, (_, at) => [`d/${at % 7}/${at}${odd[at % odd.length]}`, `${at}`]),
  );
  await put(database, files);
  const { fileCount, warnings } = await bench.backup({ formats, include: ["d"] });
  equal(fileCount, 101);
  deepEqual(warnings, []);
  await Deno.remove(`${dirname(database)}/d`, { recursive: true });
  await restore({ database, formats });
  deepEqual(await filesBeside(database), files);
  await undo({ database, formats });
  deepEqual(await filesBeside(database), {});
  ok((await listBackups({ database })).backups.length > 1);
});

Deno.test("restore into another path brings the files beside it only where they are wanted", async () => {
  await using bench = await copyBench();
  const { database } = bench;
  const formats = await zipFormats();
  await changedSince(bench);
  const folder = bench.join("usb");
  await restore({ database, formats, to: `${folder}/one.db` });
  deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["one.db"]);
  await restore({ database, formats, to: `${folder}/two.db`, files: true });
  equal(await Deno.readTextFile(`${folder}/docs/deep/b.txt`), "b");
  await Deno.writeTextFile(`${folder}/prefs.json`, "mine");
  const options = { database, formats, to: `${folder}/three.db`, files: true };
  await rejects(restore(options), { code: "DESTINATION_EXISTS" });
  equal(await Deno.readTextFile(`${folder}/prefs.json`), "mine");
  await restore({ ...options, force: true });
  equal(await Deno.readTextFile(`${folder}/prefs.json`), "old");
  deepEqual(await filesBeside(database), before);
});
