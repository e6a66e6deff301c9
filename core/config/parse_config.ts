/**
 * Reading the text of a configuration file: JSON, with comments and trailing commas.
 *
 * @module
 */

import type { ParseError } from "jsonc-parser";
import { HoldfastError } from "../errors.ts";
import { type ConfigFile, configFile } from "./config_file.ts";
import { type ConfigIssue, configIssues } from "./config_issue.ts";
import { meaningIssues } from "./meaning_issues.ts";

/**
 * The configuration in a text, checked, without defaults filled in.
 *
 * @param text JSON; comments and trailing commas are allowed.
 * @param name What errors call it: its path.
 * @throws {HoldfastError} `CONFIG_INVALID`, naming the first thing that is wrong.
 */
export async function parseConfig(text: string, name: string): Promise<ConfigFile> {
  const value = await readJson(text, name);
  const issues = issuesOf(value);
  if (issues.length > 0) throw configInvalid(issues, name);
  return value as ConfigFile;
}

/** Everything that is wrong in the text of a configuration; empty where nothing is. */
export async function checkConfig(text: string, name: string): Promise<readonly ConfigIssue[]> {
  try {
    return issuesOf(await readJson(text, name));
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return [{ key: "", message: error.message, hint: error.hint }];
  }
}

/** What is wrong in the values; where nothing is, in what they mean together. */
function issuesOf(value: unknown): readonly ConfigIssue[] {
  const issues = configIssues(configFile, value);
  return issues.length > 0 ? issues : meaningIssues(value as ConfigFile);
}

/** The first issue as an error that says how many more there are. */
export function configInvalid(issues: readonly ConfigIssue[], name: string): HoldfastError {
  const [first] = issues;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return new HoldfastError(
    "CONFIG_INVALID",
    `${first?.message ?? "Cannot use the configuration"}, in "${name}"${more}`,
    { hint: first?.hint ?? "holdfast config check shows everything that is wrong." },
  );
}

/** Plain JSON by the runtime; only what is more than that costs the import of the parser. */
async function readJson(text: string, name: string): Promise<unknown> {
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  try {
    return JSON.parse(plain);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const jsonc = await import("jsonc-parser");
  const errors: ParseError[] = [];
  const value: unknown = jsonc.parse(plain, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first === undefined) return value;
  const lines = plain.slice(0, first.offset).split("\n");
  const what = jsonc.printParseErrorCode(first.error).replace(/([a-z])([A-Z])/g, "$1 $2");
  throw new HoldfastError(
    "CONFIG_INVALID",
    `Cannot read the configuration "${name}": ${what.toLowerCase()} at line ${lines.length}, ` +
      `column ${(lines.at(-1)?.length ?? 0) + 1}`,
    { hint: "It is JSON; comments and trailing commas are allowed." },
  );
}
