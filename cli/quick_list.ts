/**
 * `holdfast list` in its plain form, without the import of the command parser, which
 * takes longer than the listing: a list is what scripts and prompts call all the time.
 *
 * @module
 */

import type { Globals } from "./session.ts";

/** A plain list: its databases and its global options. */
export interface QuickList {
  readonly databases: readonly string[];
  readonly globals: Globals;
  readonly limit: number | undefined;
}

/** Flags that the session has read already. */
const read: ReadonlySet<string> = new Set(["--json", "--quiet", "-q", "--no-color"]);

/**
 * Reads the arguments where they are a plain list; `undefined` where anything else is
 * among them: then the parser reads them, and says what is wrong.
 */
export function quickList(args: readonly string[]): QuickList | undefined {
  const values: Record<string, string | undefined> = {};
  const operands: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (read.has(arg)) continue;
    if (arg === "--config" || arg === "--directory" || arg === "--limit") {
      const value = args[++i];
      // What stands before the command, or twice, is for the parser.
      if (!value || value.startsWith("-") || operands.length === 0) return undefined;
      if (values[arg] !== undefined) return undefined;
      values[arg] = value;
    } else if (arg.startsWith("-")) {
      return undefined;
    } else {
      operands.push(arg);
    }
  }
  const [name, ...databases] = operands;
  const limit = values["--limit"];
  if (name !== "list" || (limit !== undefined && !/^[1-9]\d{0,8}$/.test(limit))) return undefined;
  return {
    databases,
    globals: { config: values["--config"], directory: values["--directory"] },
    limit: limit === undefined ? undefined : Number(limit),
  };
}
