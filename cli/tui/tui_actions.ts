/**
 * What the terminal UI can do before there is a database.
 *
 * @module
 */

import {
  configuredDatabases,
  databaseAt,
  loadConfig,
  type LoadedConfig,
} from "../../core/config/load_config.ts";
import { findDatabase } from "../../core/database_file.ts";
import { HoldfastError } from "../../core/errors.ts";
import { isDenied, isMissing } from "../../core/files/file_error.ts";
import { readRecords } from "../../core/list.ts";
import { resolvePlace } from "../../core/directory/place.ts";
import type { DatabaseActions, FoundDatabase, TuiActions } from "../../tui/actions.ts";
import type { Run } from "../session.ts";
import { findSqliteFiles } from "../sqlite_files.ts";
import { completePath, typedToPath } from "./complete_path.ts";
import { databaseActions } from "./database_actions.ts";

/** The actions of a run. */
export function tuiActions(run: Run, home: string | undefined): TuiActions {
  const { cwd } = run.session.around;
  let opened = false;
  return {
    look: () => look(run),
    complete: (text) => completePath(text, { cwd, home }),
    open: async (path) => {
      const database = await openDatabase(freshRun(run, opened), {
        path: typedToPath(path, { cwd, home }),
        home,
      });
      opened = true;
      return database;
    },
  };
}

/** A run that reads the configuration again whenever it was changed here. */
interface FreshRun extends Run {
  reload(): Promise<void>;
}

/** The first database is opened with the configuration that the program has read at its start. */
function freshRun(run: Run, again: boolean): FreshRun {
  const read = (): Promise<LoadedConfig> => loadConfig(run.session.around, run.globals.config);
  let config = again ? read() : run.config();
  const reload = async (): Promise<void> => {
    config = read();
    await config;
  };
  return { ...run, config: () => config, reload };
}

/** Those of the configuration, then those in this folder and the next ones below. */
async function look(run: Run): Promise<readonly FoundDatabase[]> {
  const configured = (await configuredDatabases(await run.config())).map(({ path }) => path);
  const here = await findSqliteFiles(run.session.around.cwd, { depth: 2, limit: 200 });
  const paths = [...new Set([...configured, ...here])];
  const found = await Promise.all(paths.map(async (path) => {
    const size = await sizeOf(path);
    return size === undefined ? [] : [{ path, size }];
  }));
  return found.flat();
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (isMissing(error) || isDenied(error)) return undefined;
    throw error;
  }
}

/**
 * Takes a database on. One whose file is gone is taken on too where it has backups.
 *
 * @throws {HoldfastError} `DATABASE_MISSING`, `NOT_A_DATABASE`, `USAGE`.
 */
async function openDatabase(
  run: FreshRun,
  { path, home }: { readonly path: string; readonly home: string | undefined },
): Promise<DatabaseActions> {
  const { directory } = run.globals;
  const flags = directory === undefined ? {} : { directory };
  let configured = await databaseAt(await run.config(), path, flags);
  const place = await resolvePlace({ database: path, directory: configured.settings.directory });
  try {
    await findDatabase(path);
  } catch (error) {
    if (!(error instanceof HoldfastError) || error.code !== "DATABASE_MISSING") throw error;
    if ((await readRecords(place.directory)).length === 0) throw error;
  }
  const { found } = await run.config();
  const { name } = configured;
  const reload = async (): Promise<void> => {
    await run.reload();
    configured = await databaseAt(await run.config(), path, flags);
  };
  return databaseActions({
    run,
    place,
    home,
    // What is saved while the UI is open holds from then on.
    get configured() {
      return configured;
    },
    file: found === undefined ? undefined : { path: found.path, name, reload },
  });
}
