/**
 * Finds the files that travel with a database.
 *
 * @module
 */

import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  foldedName,
  type IncludedFile,
  includedNameProblem,
  type IncludeMatcher,
  includeMatcher,
  type IncludeRules,
  isLiveDatabase,
  type SkippedFile,
  type SkipReason,
} from "./included_files.ts";
import { isDenied } from "./file_error.ts";
import { walkFiles } from "./walk_files.ts";

/** What {@linkcode collectIncludedFiles} is given. */
export interface CollectOptions extends IncludeRules {
  /** The path of the database; its folder is the root. */
  readonly database: string;
  /** Absolute paths of folders that never travel: the backup directory. */
  readonly never: readonly string[];
  /**
   * Files that the database refers to, as a query of the user gave them: relative to
   * the database's folder, absolute, or a `file:` URL. `null` and "" are passed over.
   */
  readonly listed?: readonly (string | null)[] | undefined;
  /** Aborted when the caller gives up. */
  readonly signal: AbortSignal;
}

/** What travels and what does not. */
export interface Collection {
  /** Ordered by name. */
  readonly files: readonly IncludedFile[];
  /** What was asked for and does not travel, each with why. */
  readonly skipped: readonly SkippedFile[];
}

/**
 * Finds the files that travel with a database: regular files below its folder, no
 * links, never the database itself. Needs `--allow-read`; opens none of them.
 * Throws `CONFIG_INVALID` for a rule that leads out of the folder.
 */
export async function collectIncludedFiles(options: CollectOptions): Promise<Collection> {
  const root = await Deno.realPath(dirname(options.database));
  const collector = new Collector(root, await databaseNames(options.database), options);
  await collector.byRules();
  for (const value of options.listed ?? []) {
    options.signal.throwIfAborted();
    if (value !== null && value !== "") await collector.listed(value);
  }
  return collector.result();
}

/** The name of the database, and of the file that it links to. */
async function databaseNames(database: string): Promise<readonly string[]> {
  const target = await infoOf(database);
  if (typeof target === "string" || !target.isSymlink) return [basename(database)];
  return [basename(database), basename(await Deno.realPath(database))];
}

/** One collection being made. */
class Collector {
  readonly #root: string;
  readonly #options: CollectOptions;
  readonly #matcher: IncludeMatcher;
  readonly #never: readonly string[];
  readonly #databases: readonly string[];
  readonly #files = new Map<string, IncludedFile>();
  readonly #folded = new Set<string>();
  readonly #skipped = new Map<string, SkipReason>();

  constructor(root: string, databases: readonly string[], options: CollectOptions) {
    this.#root = root;
    this.#databases = databases;
    this.#options = options;
    this.#matcher = includeMatcher(options);
    this.#never = options.never.map((path) => slashed(relative(root, path)));
  }

  result(): Collection {
    const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
      a.name < b.name ? -1 : 1;
    return {
      files: [...this.#files.values()].sort(byName),
      skipped: [...this.#skipped].map(([name, why]) => ({ name, why })).sort(byName),
    };
  }

  /** Takes what the rules take; a rule that takes nothing is told as missing. */
  async byRules(): Promise<void> {
    const { rules } = this.#matcher;
    const unused = new Set(rules.map(({ given }) => given));
    for (const base of new Set(rules.map(({ base }) => base))) {
      const way = await this.#way(base);
      if (way === "folder") await this.#below(base, unused);
      else if (way === "file") {
        const rule = this.#matcher.ruleFor(base);
        if (rule !== undefined) await this.#take(base, await siblingsOf(join(this.#root, base)));
      }
      if (way === "folder" || way === "missing") continue;
      for (const rule of rules.filter((rule) => rule.base === base)) {
        unused.delete(rule.given);
        if (way !== "file") this.#skip(rule.given, way);
      }
    }
    for (const rule of unused) {
      if (!this.#isNever(rule) && !this.#matcher.isExcluded(rule)) this.#skip(rule, "missing");
    }
  }

  /** Takes a file that the database refers to. */
  async listed(value: string): Promise<void> {
    const path = resolve(this.#root, pathOf(value));
    const inside = slashed(relative(this.#root, path));
    if (inside === "" || inside.startsWith("../") || inside === ".." || isAbsolute(inside)) {
      return this.#skip(value, "outside");
    }
    if (this.#isNever(inside) || this.#matcher.isExcluded(inside)) return;
    const way = await this.#way(inside);
    if (way === "file") await this.#take(inside, await siblingsOf(path));
    else this.#skip(inside, way === "folder" ? "special" : way);
  }

  async #below(base: string, unused: Set<string>): Promise<void> {
    const skipFolder = (name: string): boolean =>
      this.#isNever(name) || this.#matcher.isExcluded(name);
    const { signal } = this.#options;
    for await (
      const { name, kind, siblings } of walkFiles(this.#root, base, { signal, skipFolder })
    ) {
      const rule = this.#matcher.ruleFor(name);
      if (rule === undefined || this.#isNever(name)) continue;
      unused.delete(rule);
      if (kind === "file") await this.#take(name, siblings);
      else this.#skip(name, kind);
    }
  }

  async #take(name: string, siblings: ReadonlySet<string>): Promise<void> {
    if (this.#files.has(name)) return;
    const problems = this.#databases.map((database) => includedNameProblem(name, database));
    // The database itself is in the backup anyway: a wide pattern need not leave it out.
    if (problems.includes("database")) return;
    const problem = problems.find((each) => each !== undefined);
    if (problem !== undefined) return this.#skip(name, problem);
    if (isLiveDatabase(basename(name), siblings)) return this.#skip(name, "database");
    if (this.#folded.has(foldedName(name))) return this.#skip(name, "twin");
    const path = join(this.#root, name);
    const info = await infoOf(path);
    if (typeof info === "string") return this.#skip(name, info);
    this.#folded.add(foldedName(name));
    this.#files.set(name, { name, path, size: info.size, modifiedMs: info.mtime?.getTime() ?? 0 });
  }

  /** What a path leads to, no link on the way. */
  async #way(name: string): Promise<"file" | "folder" | SkipReason> {
    if (name === ".") return "folder";
    let path = this.#root;
    const parts = name.split("/");
    for (const [at, part] of parts.entries()) {
      path = join(path, part);
      const info = await infoOf(path);
      if (typeof info === "string") return info;
      if (info.isSymlink) return "link";
      if (at < parts.length - 1 && !info.isDirectory) return "missing";
      if (at === parts.length - 1) {
        return info.isDirectory ? "folder" : info.isFile ? "file" : "special";
      }
    }
    return "missing";
  }

  #isNever(name: string): boolean {
    return this.#never.some((path) => name === path || name.startsWith(`${path}/`));
  }

  #skip(name: string, why: SkipReason): void {
    this.#skipped.set(name, why);
  }
}

/** What is at a path, links not followed; a word where nothing can be told. */
async function infoOf(path: string): Promise<Deno.FileInfo | "missing" | "unreadable"> {
  try {
    return await Deno.lstat(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory) {
      return "missing";
    }
    if (isDenied(cause)) return "unreadable";
    throw cause;
  }
}

/** The names beside a file. */
async function siblingsOf(path: string): Promise<ReadonlySet<string>> {
  const entries = await Array.fromAsync(Deno.readDir(dirname(path)));
  return new Set(entries.map(({ name }) => name));
}

/** A value of a query as a path. */
function pathOf(value: string): string {
  return /^file:\/\//i.test(value) && URL.canParse(value) ? fileURLToPath(value) : value;
}

/** A path of this system with `/`. */
function slashed(path: string): string {
  return Deno.build.os === "windows" ? path.replaceAll("\\", "/") : path;
}
