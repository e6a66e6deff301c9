/**
 * A database with targets, for the tests of copies.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { memoryState } from "../../core/extend/memory_state.ts";
import { registryOf } from "../../core/extend/mod.ts";
import type { Target } from "../../core/extend/mod.ts";
import { backup, openTarget } from "../../mod.ts";
import type { BackupOptions, BackupResult, OpenTarget, OpenTargetOptions } from "../../mod.ts";
import age from "../../plugins/age/mod.ts";
import folder from "../../plugins/folder/mod.ts";
import gzip from "../../plugins/gzip/mod.ts";
import zip from "../../plugins/zip/mod.ts";
import zstd from "../../plugins/zstd/mod.ts";
import { tempDir } from "./temp_dir.ts";

/** A database with its backup directory, and an empty folder `usb`. */
export interface CopyBench extends AsyncDisposable {
  readonly database: string;
  readonly directory: string;
  /** The folder for copies. */
  readonly usb: string;
  join(...parts: readonly string[]): string;
  /** Changes the database. */
  write(text: string): void;
  backup(options?: Partial<BackupOptions>): Promise<BackupResult>;
  /** Opens a target; a folder by default. */
  open(name: string, settings?: Partial<OpenTargetOptions["settings"]>): Promise<OpenTarget>;
  /** The names in the folder for copies, with their folders, sorted. */
  names(): Promise<string[]>;
}

/** Makes one. */
export async function copyBench(): Promise<CopyBench> {
  const dir = await tempDir();
  const database = dir.join("app.db");
  const usb = dir.join("usb");
  await Deno.mkdir(usb);
  const write = (text: string): void => {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE IF NOT EXISTS notes (text TEXT)");
    app.prepare("INSERT INTO notes VALUES (?)").run(text);
  };
  write("first");
  return {
    database,
    directory: dir.join("backups"),
    usb,
    join: dir.join,
    write,
    backup: (options = {}) => backup({ database, ...options }),
    open: (name, settings = {}) =>
      openTarget(name, {
        registry: registryOf([age, folder, gzip, zip, zstd]),
        settings: { kind: "folder", settings: { path: usb }, codecs: [], ...settings },
        secrets: {
          get: (secret) => Promise.resolve(secret === "passphrase" ? "open sesame" : undefined),
        },
        state: memoryState(),
        signal: new AbortController().signal,
      }),
    names: async () => (await walk(usb)).sort(),
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

/** The same target, its place changed. */
export function replaced(open: OpenTarget, change: (target: Target) => Target): OpenTarget {
  return { ...open, target: change(open.target) };
}

/** The texts in a database file. */
export function textsIn(path: string): string[] {
  using app = new DatabaseSync(path, { readOnly: true });
  return app.prepare("SELECT text FROM notes ORDER BY rowid").all().map(({ text }) => String(text));
}

async function walk(path: string, prefix = ""): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(path)) {
    if (name.startsWith(".")) continue;
    if (isDirectory) names.push(...await walk(`${path}/${name}`, `${prefix}${name}/`));
    else names.push(`${prefix}${name}`);
  }
  return names;
}
