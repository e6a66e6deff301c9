/**
 * The JSON schema of `holdfast.json`, for editors.
 *
 * @module
 */

import { toJsonSchema } from "@valibot/to-json-schema";
import { configFile } from "./config_file.ts";

/** The JSON schema (draft 7) made from the definition. */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = toJsonSchema(configFile, {
    target: "draft-07",
    typeMode: "input",
    errorMode: "ignore",
    ignoreActions: ["check", "metadata"],
  });
  return { ...schema, title: "holdfast.json", description: "The configuration of holdfast." };
}
