/**
 * Writes a configuration file.
 *
 * @module
 */

import settings from "../../deno.json" with { type: "json" };
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { configFileName } from "../../core/config/find_config.ts";
import { parseConfig } from "../../core/config/parse_config.ts";
import { findDatabase } from "../../core/database_file.ts";
import { HoldfastError } from "../../core/errors.ts";
import { writeFileAtomic } from "../../core/files/atomic_file.ts";
import { askSeveral, askText } from "../ask.ts";
import { escapeText } from "../escape.ts";
import type { Outcome } from "../printer.ts";
import type { Run } from "../session.ts";
import { findSqliteFiles } from "../sqlite_files.ts";

/** Where editors find the schema. */
const schemaAddress =
  `https://jsr.io/@holdfast/holdfast/${settings.version}/docs/holdfast.schema.json`;

/** Writes the file for the named databases, or those that the person chooses. */
export async function initVerb(
  run: Run,
  names: readonly string[],
  { force = false }: { readonly force?: boolean | undefined },
): Promise<Outcome> {
  const { cwd } = run.session.around;
  const path = resolve(cwd, run.globals.config ?? configFileName);
  await refuseExisting(path, force);
  const databases: string[] = [];
  for (const name of names.length > 0 ? names : await chosenByPerson(run)) {
    databases.push((await findDatabase(resolve(cwd, name))).path);
  }
  const text = configText(databases, {
    folder: dirname(path),
    directory: run.globals.directory,
  });
  await parseConfig(text, path);
  await writeFileAtomic(path, text, { mode: 0o644 });
  return {
    verb: "init",
    data: { path, databases },
    text: `Wrote ${escapeText(path)}`,
    note: "Next: holdfast backup. Then: holdfast config list shows every setting.",
  };
}

async function refuseExisting(path: string, force: boolean): Promise<void> {
  try {
    await Deno.lstat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  if (force) return;
  throw new HoldfastError("DESTINATION_EXISTS", `Cannot write "${path}": it is there already`, {
    hint: "Change it with holdfast config set, or replace it with --force.",
  });
}

async function chosenByPerson(run: Run): Promise<readonly string[]> {
  const { cwd } = run.session.around;
  const found = await findSqliteFiles(cwd, { depth: 3, limit: 50 });
  const shown = found.map((path) => relative(cwd, path));
  if (!run.session.canAsk) {
    const list = shown.length === 0 ? "" : `Found here: ${shown.join(", ")}. `;
    throw new HoldfastError("USAGE", "Cannot ask which database to protect: this is no terminal", {
      hint: `${list}Name it: holdfast init app.db`,
    });
  }
  if (found.length === 0) {
    return [await askText(run, { message: "Path of the SQLite file to protect" })];
  }
  return await askSeveral(run, { message: "Which databases shall be protected?", options: shown });
}

/** The file, with its comments; paths are relative to its folder where that is shorter. */
export function configText(
  databases: readonly string[],
  { folder, directory }: { readonly folder: string; readonly directory: string | undefined },
): string {
  const place = (path: string): string => {
    const near = relative(folder, path).replaceAll("\\", "/");
    return JSON.stringify(near.startsWith("../../..") ? path : near);
  };
  const [only, ...others] = databases;
  const lines = only !== undefined && others.length === 0 ? [`  "database": ${place(only)},`] : [
    '  "databases": {',
    ...named(databases).map(([name, path], i) => {
      const end = i + 1 < databases.length ? "," : "";
      return `    ${JSON.stringify(name)}: { "path": ${place(path)} }${end}`;
    }),
    "  },",
  ];
  if (directory !== undefined) lines.push(`  "directory": ${JSON.stringify(directory)},`);
  return [
    "{",
    `  "$schema": ${JSON.stringify(schemaAddress)},`,
    "  // Paths are relative to this file. Every setting: docs/configuration.md",
    ...lines,
    "  // How far each backup is checked: none, quick or full.",
    '  "verify": "full",',
    "  // Backups by themselves: switch them on when you like the time.",
    '  "schedule": { "enabled": false, "kind": "daily", "at": "02:00" }',
    "}",
    "",
  ].join("\n");
}

/** Each path with a name made from its file, unique. */
function named(paths: readonly string[]): (readonly [string, string])[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const plain = basename(path, extname(path)).replace(/[^A-Za-z0-9_-]+/g, "-");
    const base = plain.replace(/^[-_]+/, "").slice(0, 50) || basename(join(path, ".."));
    const safe = /^[A-Za-z0-9]/.test(base) ? base : `db-${base.replace(/[^A-Za-z0-9_-]/g, "")}`;
    let name = safe;
    for (let i = 2; taken.has(name); i++) name = `${safe}-${i}`;
    taken.add(name);
    return [name, path];
  });
}
