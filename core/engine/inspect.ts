/**
 * Looks at a live database without copying it.
 *
 * @module
 */

import { countRows } from "./check.ts";
import { readMoment } from "./moment.ts";
import { openLive } from "./open.ts";
import type { DatabaseFacts, InspectRequest } from "./protocol.ts";
import { factsOf, tablesOf } from "./read_facts.ts";
import { execute } from "./execute.ts";

/** Reads its values and, where asked, its rows and its structure, in one transaction. */
export function inspect(request: InspectRequest): DatabaseFacts {
  const { path, busyMs, count, check } = request;
  const database = openLive(path, busyMs);
  try {
    const moment = readMoment(path);
    execute(database, "BEGIN");
    const facts = { ...factsOf(database), moment };
    const problems = check ? quickProblems(database) : undefined;
    if (!count) return { ...facts, problems };
    const rows = tablesOf(database).map(({ name }) => [name, countRows(database, name)]);
    return { ...facts, problems, recordCount: Object.fromEntries(rows) };
  } finally {
    database.close();
  }
}

function quickProblems(database: ReturnType<typeof openLive>): string[] {
  const rows = database.prepare("PRAGMA quick_check(20)").all();
  return rows.map((row) => String(Object.values(row)[0])).filter((line) => line !== "ok");
}
