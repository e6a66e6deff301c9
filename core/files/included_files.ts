/**
 * Which files travel with a database: decided by name alone.
 *
 * @module
 */

import { basename, posix } from "node:path";
import { SIDECARS } from "../database_file.ts";
import { HoldfastError } from "../errors.ts";

/** A file that travels with the database. */
export interface IncludedFile {
  /** Its `/`-separated path, relative to the database's folder. */
  readonly name: string;
  /** Its absolute path. */
  readonly path: string;
  /** Bytes, when it was looked at. */
  readonly size: number;
  /** When it was last changed, in milliseconds since 1970. */
  readonly modifiedMs: number;
}

/**
 * Why a file that was asked for does not travel.
 *
 * - `missing`: nothing is there (a dangling reference, a pattern without a match)
 * - `outside`: it is not below the database's folder
 * - `link`: it, or a folder on the way, is a symbolic link
 * - `special`: a folder, a pipe, a device
 * - `unreadable`: access is denied
 * - `name`: no other system could unpack a file of that name
 * - `twin`: many systems take its name for that of another file
 * - `database`: a database in use, or its log or journal: a copy of the file could be torn
 */
export type SkipReason =
  | "missing"
  | "outside"
  | "link"
  | "special"
  | "unreadable"
  | "name"
  | "twin"
  | "database";

/** A file that was asked for and does not travel. */
export interface SkippedFile {
  /** As it was asked for, or found. */
  readonly name: string;
  /** Why. */
  readonly why: SkipReason;
}

/** What is to travel. */
export interface IncludeRules {
  /**
   * Files, folders with all in them, and patterns (`*`, `**`, `?`, `[…]`, `{a,b}`),
   * relative to the database's folder. As in a shell, a pattern matches no hidden
   * names unless it spells out their dot.
   */
  readonly include: readonly string[];
  /**
   * The same, for what stays. A rule without a slash means that name wherever it stands
   * (`*.tmp`), as in .gitignore; `./cache` is the one at the top only.
   */
  readonly exclude: readonly string[];
}

/** One rule of what travels. */
export interface IncludeRule {
  /** As it was given. */
  readonly given: string;
  /** The file or folder in which to look, relative to the database's folder. */
  readonly base: string;
}

/** The rules, ready to be asked. */
export interface IncludeMatcher {
  /** What travels. */
  readonly rules: readonly IncludeRule[];
  /** The rule that takes a file; `undefined` where it stays. */
  ruleFor(name: string): string | undefined;
  /** Whether a file or folder is excluded. */
  isExcluded(name: string): boolean;
}

/**
 * Makes the rules ready. Throws `CONFIG_INVALID` for one that is absolute or leads
 * out of the folder.
 */
export function includeMatcher({ include, exclude }: IncludeRules): IncludeMatcher {
  const taken = include.map((rule) => ({ given: rule, rule: cleanRule(rule) }));
  const left = exclude.map((rule) => ({ rule: cleanRule(rule), anywhere: isName(rule) }));
  const isExcluded = (name: string): boolean =>
    left.some(({ rule, anywhere }) =>
      withFolders(name).some((path) => matches(anywhere ? posix.basename(path) : path, rule))
    );
  return {
    rules: taken.map(({ given, rule }) => ({ given, base: baseOf(rule) })),
    isExcluded,
    ruleFor: (name) =>
      isExcluded(name)
        ? undefined
        : taken.find(({ rule }) => withFolders(name).some((path) => matches(path, rule)))?.given,
  };
}

/**
 * Why a file may not travel, or may not be put back beside this database, judged by
 * its name: the database itself, what SQLite would apply to it, a name that leads
 * elsewhere. `undefined` where it may.
 *
 * @param name Its `/`-separated path relative to the database's folder.
 * @param database The path or the name of the database.
 */
export function includedNameProblem(name: string, database: string): SkipReason | undefined {
  const parts = name.split("/");
  if (parts.some((part) => part === "..") || name.startsWith("/")) return "outside";
  if (parts.some((part) => !isPortable(part))) return "name";
  const folded = foldedName(name);
  const own = foldedName(basename(database));
  if (folded === own || SIDECARS.some((sidecar) => folded === own + sidecar)) return "database";
  return undefined;
}

/** Whether a file belongs to a database in use, judged by the names beside it. */
export function isLiveDatabase(name: string, siblings: ReadonlySet<string>): boolean {
  return SIDECARS.some((sidecar) =>
    siblings.has(name + sidecar) ||
    (name.endsWith(sidecar) && siblings.has(name.slice(0, -sidecar.length)))
  );
}

/** The one name that file systems without case and with normalised Unicode make of it. */
export function foldedName(name: string): string {
  return name.normalize("NFC").toLowerCase().normalize("NFC");
}

/** Whether every system takes a part of a name as it is meant. */
function isPortable(part: string): boolean {
  if (part === "" || part === "." || !part.isWellFormed()) return false;
  // deno-lint-ignore no-control-regex -- control characters are what is looked for
  if (/[\x00-\x1f\x7f\\]/.test(part) || /^[a-z]:/i.test(part)) return false;
  return new TextEncoder().encode(part).length <= 255;
}

/** A rule without needless parts. */
function cleanRule(rule: string): string {
  const clean = posix.normalize(rule.replace(/^\.\//, "")).replace(/\/$/, "");
  if (
    rule === "" || posix.isAbsolute(clean) || /^[a-z]:/i.test(clean) || /^\.\.(\/|$)/.test(clean)
  ) {
    throw new HoldfastError(
      "CONFIG_INVALID",
      `Cannot include "${rule}": it is not below the database's folder`,
      { hint: "Name files and patterns relative to the folder of the database." },
    );
  }
  return clean;
}

/** A path and the folders above it. */
function withFolders(name: string): readonly string[] {
  const parts = name.split("/");
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}

/** Whether a rule names a path, literally or by its pattern. */
function matches(path: string, rule: string): boolean {
  return rule === "." || path === rule || (isPattern(rule) && posix.matchesGlob(path, rule));
}

/** Whether a rule is the name of a file or folder, not a path to it. */
function isName(rule: string): boolean {
  return !rule.replace(/\/+$/, "").includes("/");
}

/** Whether a rule is a pattern. */
function isPattern(rule: string): boolean {
  return /[*?[{]/.test(rule);
}

/** The folders of a rule before its first pattern. */
function baseOf(rule: string): string {
  const parts = rule.split("/");
  const first = parts.findIndex(isPattern);
  if (first < 0) return rule;
  return parts.slice(0, first).join("/") || ".";
}
