/**
 * What `--json` printed, checked against its shapes.
 *
 * @module
 */

import assert from "node:assert/strict";
import * as v from "valibot";
import { dataShapes, eventShape, resultShape, watchShape } from "../../cli/json_shapes.ts";
import type { Ran } from "./run_holdfast.ts";

/** A verb that prints JSON. */
export type Verb = keyof typeof dataShapes;

/** Checks every line against its shape and gives the data of the last one. */
export function checkedData(ran: Ran, verb: Verb): unknown {
  const lines = ran.stdout.trimEnd().split("\n").map((line) => JSON.parse(line) as unknown);
  const last = lines.pop();
  for (const line of lines) v.parse(v.union([eventShape, watchShape]), line);
  const result = v.parse(resultShape, last);
  assert.equal(result.verb, verb);
  assert.equal(result.exitCode, ran.code);
  assert.ok("data" in result, ran.stdout);
  v.parse(dataShapes[verb], result.data);
  return result.data;
}
