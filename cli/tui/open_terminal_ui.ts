/**
 * Opens the terminal UI.
 *
 * @module
 */

import process from "node:process";
import { HoldfastError } from "../../core/errors.ts";
import { choosePlace } from "../choose_database.ts";
import { errorText } from "../print_error.ts";
import type { Run } from "../session.ts";
import { refuseTerminal } from "../../tui/terminal/refuse_terminal.ts";
import { lateActions } from "./late_actions.ts";
import { terminalKeys } from "./terminal_keys.ts";

/**
 * Opens it and gives the exit code once it is left.
 *
 * @throws {HoldfastError} `USAGE` where the terminal cannot show it.
 */
export async function openTerminalUi(run: Run, name?: string): Promise<number> {
  const { screen, around } = run.session;
  const { env } = around;
  const refused = refuseTerminal({
    stdinIsTerminal: Deno.stdin.isTerminal(),
    stdoutIsTerminal: screen.out.isTerminal,
    term: env.TERM,
  });
  if (refused !== undefined) throw refused;
  const home = env.HOME ?? env.USERPROFILE;
  // The UI is read while the configuration is.
  const [{ openTui }, database, usual] = await Promise.all([
    import("../../tui/mod.tsx"),
    databaseToOpen(run, name),
    usualOf(run),
  ]);
  const { code, errors } = await openTui({
    actions: lateActions(run, home),
    clock: run.clock,
    database,
    home,
    usual,
    colour: screen.color,
    screenReader: env.INK_SCREEN_READER === "true",
    stdin: terminalKeys(around.uid),
    stdout: process.stdout,
    onCrash: (error) => crash(error, screen),
  });
  for (const { message, hint } of errors) {
    screen.err.write(`${errorText({ code: "INTERNAL", message, hint }, screen.color)}\n`);
  }
  return code;
}

/** The one that is named, the only configured one, or the only one with backups here. */
async function databaseToOpen(run: Run, name: string | undefined): Promise<string | undefined> {
  const known = name !== undefined || run.globals.directory !== undefined;
  if (!known) {
    const { configuredDatabases } = await import("../../core/config/load_config.ts");
    if ((await configuredDatabases(await run.config())).length > 1) return undefined;
  }
  try {
    const { database, configured } = await choosePlace(run, name);
    return database ?? (await configured()).path;
  } catch (error) {
    if (!known && error instanceof HoldfastError && error.code === "USAGE") return undefined;
    throw error;
  }
}

async function usualOf(run: Run): Promise<{ readonly verify?: "none" | "quick" | "full" }> {
  const { verify } = (await run.config()).file;
  return verify === undefined ? {} : { verify };
}

/** The screen is given back already: what happened must be readable. */
function crash(error: unknown, screen: Run["session"]["screen"]): never {
  const message = error instanceof Error ? error.message : String(error);
  const text = errorText({
    code: "INTERNAL",
    message: `Cannot go on: ${message}`,
    hint: "This is a defect of holdfast: please report it. Your backups are not touched by it.",
  }, screen.color);
  screen.err.write(`${text}\n`);
  Deno.exit(1);
}
