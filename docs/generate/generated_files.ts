/**
 * The files that are made from the code, and their content.
 *
 * @module
 */

import { configJsonSchema } from "../../core/config/config_json_schema.ts";
import { commandsPage } from "./commands_page.ts";
import { configPage } from "./config_page.ts";
import { formatted } from "./formatted.ts";
import { jsonOutputSchema } from "./json_output_schema.ts";

/** A file that is made from the code. */
export interface GeneratedFile {
  /** Its path in the repository. */
  readonly path: string;
  /** Makes what should be in it. */
  content(): Promise<string>;
}

/** Every file that is made from the code. */
export const generatedFiles: readonly GeneratedFile[] = [
  {
    path: "docs/holdfast.schema.json",
    content: () => formatted(JSON.stringify(configJsonSchema(), null, 2), "json"),
  },
  {
    path: "docs/json-output.schema.json",
    content: () => formatted(JSON.stringify(jsonOutputSchema(), null, 2), "json"),
  },
  { path: "docs/commands.md", content: async () => formatted(await commandsPage(), "md") },
  { path: "docs/configuration.md", content: () => formatted(configPage(), "md") },
];
