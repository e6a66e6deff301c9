/**
 * Answers of Google as the types that the plugin works with.
 *
 * @module
 */

import * as v from "valibot";
import { TargetError } from "../../core/extend/target_error.ts";

/**
 * The answer as its schema says; throws `unavailable` where it is something else
 * (a proxy's page, a portal). The error never quotes the answer: it may be a token.
 */
export function readAnswer<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: unknown,
  action: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, answer);
  if (result.success) return result.output;
  const where = result.issues.map((issue) => v.getDotPath(issue) ?? "the whole").join(", ");
  throw new TargetError(
    "unavailable",
    `Cannot ${action}: the answer is not in Google's form (${where})`,
    { hint: "A proxy or a sign-in page of the network may stand between." },
  );
}
