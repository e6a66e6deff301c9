/**
 * Takes one expression and nothing else from SQL that a person wrote.
 *
 * @module
 * @see https://www.sqlite.org/lang_expr.html
 */

import { HoldfastError } from "../errors.ts";

/** Where a quoted part that begins with the key ends. */
const quotes: Readonly<Record<string, string>> = { "'": "'", '"': '"', "`": "`", "[": "]" };

/**
 * The expression of a `--where` in parentheses of its own.
 *
 * @throws {HoldfastError} `USAGE` where it is empty, has a second statement, or closes what it
 * did not open. Whether it is valid SQL is for SQLite to say.
 */
export function oneExpression(sql: string): string {
  const why = fault(sql);
  if (why === undefined) return `(\n${sql}\n)`;
  throw new HoldfastError("USAGE", `Cannot use the condition "${sql}": it ${why}`, {
    hint: "Give one expression, as after WHERE: id > 5 AND title LIKE 'K%'",
  });
}

function fault(sql: string): string | undefined {
  let depth = 0;
  let empty = true;
  for (let at = 0; at < sql.length; at++) {
    const end = quotedEnd(sql, at);
    if (end === undefined) return "has a part that does not end";
    if (end > at) {
      empty &&= isComment(sql, at);
      at = end - 1;
      continue;
    }
    const letter = sql[at] ?? "";
    if (letter === ";") return "has a second statement";
    if (letter === "\0") return "has a NUL";
    if (letter === "(") depth++;
    if (letter === ")" && --depth < 0) return "closes a parenthesis that it did not open";
    if (letter.trim() !== "") empty = false;
  }
  if (empty) return "is empty";
  return depth === 0 ? undefined : "leaves a parenthesis open";
}

function isComment(sql: string, at: number): boolean {
  return sql.startsWith("--", at) || sql.startsWith("/*", at);
}

/** Behind the string, name or comment that begins at `at`; `at` where none does. */
function quotedEnd(sql: string, at: number): number | undefined {
  if (sql.startsWith("--", at)) return after(sql.indexOf("\n", at), 1) ?? sql.length;
  if (sql.startsWith("/*", at)) return after(sql.indexOf("*/", at + 2), 2);
  const close = quotes[sql[at] ?? ""];
  return close === undefined ? at : after(sql.indexOf(close, at + 1), 1);
}

function after(found: number, length: number): number | undefined {
  return found < 0 ? undefined : found + length;
}
