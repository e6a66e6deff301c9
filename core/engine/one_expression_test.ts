import { equal, throws } from "node:assert/strict";
import { HoldfastError } from "../errors.ts";
import { oneExpression } from "./one_expression.ts";

Deno.test("oneExpression() takes one expression, quoted parts and comments included", () => {
  const taken = [
    "id = 5",
    "title = 'a;b)' AND (x OR [y)] > 1)",
    `"odd;name" = 'it''s'`,
    "id > 1 -- the old ones; all",
    "id /* ;) */ IN (SELECT 1)",
  ];
  for (const sql of taken) equal(oneExpression(sql), `(\n${sql}\n)`);
});

Deno.test("oneExpression() refuses a second statement and whatever leaves its parentheses", () => {
  const refused = [
    "",
    "  -- nothing",
    "1; DELETE FROM works",
    "1;",
    "1) UNION SELECT (1",
    "1 = 1) --",
    "(1",
    "title = 'open",
    "1 /* open",
    "1\0",
  ];
  for (const sql of refused) {
    throws(
      () => oneExpression(sql),
      (error) => error instanceof HoldfastError && error.code === "USAGE",
      sql,
    );
  }
});
