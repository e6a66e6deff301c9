/**
 * Takes one SELECT and nothing else from SQL that a person wrote.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { HoldfastError } from "../errors.ts";

/**
 * Prepares the statement.
 *
 * @throws {HoldfastError} `USAGE` where it is not one SELECT (or WITH … SELECT, VALUES).
 */
export function refuseUnlessOneSelect(database: DatabaseSync, sql: string): StatementSync {
  const bare = withoutComments(sql).trim();
  if (!/^(SELECT|WITH|VALUES)\b/i.test(bare)) throw refused(sql, "is not a SELECT");
  let statement: StatementSync;
  try {
    statement = database.prepare(sql);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw refused(sql, `is not valid: ${why}`, cause);
  }
  // SQLite compiles the first statement only; the text that it took shows where it ended.
  const rest = withoutComments(sql.slice(statement.sourceSQL.length));
  if (rest.replaceAll(";", "").trim() !== "") throw refused(sql, "has a second statement");
  return statement;
}

function withoutComments(sql: string): string {
  return sql.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, " ");
}

function refused(sql: string, why: string, cause?: unknown): HoldfastError {
  return new HoldfastError("USAGE", `Cannot use the SQL "${sql}": it ${why}`, {
    hint:
      "Give one SELECT: the first value of an assertion says whether it holds; the first column of a " +
      "query for files names them.",
    cause,
  });
}
