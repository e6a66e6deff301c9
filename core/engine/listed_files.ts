/**
 * The files that a database refers to, as a query of the user names them.
 *
 * @module
 */

import { guardReading } from "./guard_reading.ts";
import { refuseUnlessOneSelect } from "./one_select.ts";
import { openArtifact } from "./open.ts";

/** What is asked. */
export interface ListedRequest {
  /** Absolute path of an artifact that lies alone in a private folder. */
  readonly path: string;
  /** One SELECT; the first value of each row is a path, or `null`. */
  readonly sql: string;
}

/** Runs the query, which can only read. Gives the first value of each row, each once. */
export function listedFiles({ path, sql }: ListedRequest): string[] {
  const database = openArtifact(path);
  try {
    guardReading(database);
    const statement = refuseUnlessOneSelect(database, sql);
    const found = new Set<string>();
    for (const row of statement.iterate()) {
      const [value] = Object.values(row);
      if (typeof value === "string" && value !== "") found.add(value);
    }
    return [...found];
  } finally {
    database.close();
  }
}
