/**
 * `--version`: ours, Deno's and SQLite's.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import settings from "../deno.json" with { type: "json" };
import type { Session } from "./session.ts";

/** Prints the versions. */
export function printVersion(session: Session): void {
  using memory = new DatabaseSync(":memory:");
  const row = memory.prepare("SELECT sqlite_version() AS version").get();
  const sqlite = String(row?.version);
  const data = { holdfast: settings.version, deno: Deno.version.deno, sqlite };
  const text = `holdfast ${data.holdfast} (Deno ${data.deno}, SQLite ${data.sqlite})`;
  session.printer.result({ verb: "version", data, text });
}
