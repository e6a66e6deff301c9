/**
 * Opens the terminal UI in a run of the program.
 *
 * @module
 */

import type { LoadedConfig } from "../../core/config/load_config.ts";
import type { Globals, Run, Session } from "../session.ts";
import { openTerminalUi } from "./open_terminal_ui.ts";

/** Opens it; the exit code of the run is that of the UI. */
export async function openSession(
  session: Session,
  globals: Globals,
  database?: string,
): Promise<void> {
  const { printer, signal, clock, around } = session;
  let loading: Promise<LoadedConfig> | undefined;
  const load = async (): Promise<LoadedConfig> => {
    const { loadConfig } = await import("../../core/config/load_config.ts");
    return await loadConfig(around, globals.config);
  };
  const config = (): Promise<LoadedConfig> => loading ??= load();
  // The screen is the UI's: nothing asks on the terminal below it.
  const quiet = { ...session, canAsk: false };
  const run: Run = { session: quiet, globals, printer, signal, clock, config };
  session.exitCode = await openTerminalUi(run, database);
}
