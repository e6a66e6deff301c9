/**
 * The JSON schema of what `--json` prints.
 *
 * @module
 */

import { toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";
import { dataShapes, eventShape, resultShape, watchShape } from "../../cli/json_shapes.ts";

/** One schema with the shapes of events, of results, and of the data of each verb. */
export function jsonOutputSchema(): Readonly<Record<string, unknown>> {
  const shape = (schema: GenericSchema): unknown => {
    const { $schema: _, ...rest } = toJsonSchema(schema, {
      target: "draft-07",
      errorMode: "ignore",
    });
    return rest;
  };
  const data = Object.entries(dataShapes).map(([verb, schema]) => [verb, shape(schema)]);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "What holdfast --json prints, version 1",
    description:
      "Each line is an event, or a line of the log of watch; the last one is a result, " +
      "and its data is as the verb says.",
    anyOf: ["event", "watch", "result"].map((name) => ({ $ref: `#/definitions/${name}` })),
    definitions: {
      event: shape(eventShape),
      watch: shape(watchShape),
      result: shape(resultShape),
      data: Object.fromEntries(data),
    },
  };
}
