/**
 * A backup directory with small files and their records, made without taking backups:
 * for tests of everything that looks after many of them.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import type { BackupRecord } from "../../core/artifact/backup_record.ts";
import { Catalog } from "../../core/catalog/catalog.ts";
import { writeManifest } from "../../core/catalog/manifest.ts";
import type { Clock } from "../../core/clock.ts";
import { claim } from "../../core/directory/place.ts";
import { sampleRecord } from "./sample_record.ts";
import { tempDir } from "./temp_dir.ts";

/** A database with its backup directory, in a folder of its own. */
export interface BackupDirectory extends AsyncDisposable {
  /** The folder of both. */
  readonly root: string;
  readonly database: string;
  readonly directory: string;
  /** Those that were made, oldest first. */
  readonly records: readonly BackupRecord[];
  /** The names in a folder below the backup directory, sorted; none where it is missing. */
  names(folder?: string): string[];
}

/** A clock that stands. */
export function clockAt(time: string, zone = "UTC"): Clock {
  const now = Temporal.Instant.from(time);
  return { now: () => now, zone: () => zone, elapsed: () => performance.now() };
}

/** Makes a directory with a good backup for each moment; `change` says what differs. */
export async function backupDirectory(
  moments: readonly string[],
  change: (record: BackupRecord, index: number) => Partial<BackupRecord> = () => ({}),
): Promise<BackupDirectory> {
  const dir = await tempDir();
  const database = dir.join("app.db");
  const directory = dir.join("backups");
  {
    using app = new DatabaseSync(database);
    app.exec("CREATE TABLE notes (text TEXT)");
  }
  await Deno.mkdir(directory, { mode: 0o700 });
  const records: BackupRecord[] = [];
  using catalog = Catalog.openToWrite(directory);
  claim(catalog, { database, directory });
  catalog.transaction(() => {
    for (const [index, moment] of moments.entries()) {
      const made = recordAt(moment, directory, index);
      const record = { ...made, ...change(made, index) };
      Deno.writeTextFileSync(record.path, contentOf(record.name));
      catalog.put(record);
      records.push(record);
    }
  });
  await writeManifest(catalog);
  return {
    root: dir.path,
    database,
    directory,
    records,
    names: (folder = ".") => namesIn(`${directory}/${folder}`),
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

/** Moments at a distance of so many hours, the last one at `last`, oldest first. */
export function moments(last: string, everyHours: number, count: number): string[] {
  const end = Temporal.Instant.from(last);
  return Array.from(
    { length: count },
    (_, index) => end.subtract({ hours: everyHours * (count - 1 - index) }).toString(),
  );
}

function recordAt(moment: string, directory: string, index: number): BackupRecord {
  const at = Temporal.Instant.from(moment).toString({ fractionalSecondDigits: 3 });
  const name = `${at.slice(0, 19).replace("T", "_").replaceAll(":", "-")}.db`;
  const content = contentOf(name);
  return sampleRecord({
    name,
    reason: "auto:timer",
    path: `${directory}/${name}`,
    size: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
    metadata: { recordCount: { notes: index }, zone: "UTC" },
    createdAt: at,
    provedAt: at,
    sequence: index + 1,
  });
}

function contentOf(name: string): string {
  return `content of ${name}`;
}

function namesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
