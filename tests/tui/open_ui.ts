/**
 * The terminal UI with the real verbs, on a terminal without a screen.
 *
 * @module
 */

import { loadConfig } from "../../core/config/load_config.ts";
import { tuiActions } from "../../cli/tui/tui_actions.ts";
import type { Run } from "../../cli/session.ts";
import { type Clock, systemClock } from "../../mod.ts";
import { openTui, type TuiActions, type TuiResult } from "../../tui/mod.tsx";
import { TerminalRobot } from "../support/terminal_robot.ts";
import { lastFrameOver, listenToSignals } from "./ink_at_rest.ts";

await listenToSignals();

/** A UI that runs. */
export interface OpenUi {
  readonly robot: TerminalRobot;
  /** How it was left. */
  readonly left: Promise<TuiResult>;
}

/** What it is opened with. */
export interface OpenUiOptions {
  /** The folder in which it is opened, also taken as the home folder. */
  readonly folder: string;
  readonly database?: string | undefined;
  /** The configuration file. */
  readonly configuration?: string | undefined;
  readonly columns?: number;
  readonly rows?: number;
  readonly clock?: Clock;
  readonly screenReader?: boolean;
  /** Wraps the real actions, to make them fail. */
  readonly wrap?: (actions: TuiActions) => TuiActions;
}

/** Opens it. */
export function openUi(options: OpenUiOptions): OpenUi {
  const { folder, database, columns = 80, rows = 24, clock = systemClock } = options;
  const robot = new TerminalRobot({ columns, rows });
  const actions = tuiActions(runIn(options, clock), folder);
  const left = openTui({
    actions: options.wrap?.(actions) ?? actions,
    clock,
    database,
    home: folder,
    colour: false,
    screenReader: options.screenReader,
    stdin: robot.stdin,
    stdout: robot.stdout,
    onCrash: (error) => {
      throw error;
    },
  }).finally(lastFrameOver);
  return { robot, left };
}

/** A run of the program in a folder. */
function runIn({ folder: cwd, configuration }: OpenUiOptions, clock: Clock): Run {
  const nothing = (): void => undefined;
  const printer = {
    event: nothing,
    note: nothing,
    result: nothing,
    failure: nothing,
    clear: nothing,
  };
  const silent = { write: nothing, isTerminal: true };
  const around = { cwd, env: { HOME: cwd }, os: "linux", uid: undefined } as const;
  const { signal } = new AbortController();
  return {
    session: {
      args: [],
      around,
      screen: { out: silent, err: silent, columns: () => 80, color: false, cursor: true },
      printer,
      signal,
      clock,
      canAsk: true,
      json: false,
      quiet: false,
      exitCode: 0,
    },
    globals: {},
    printer,
    signal,
    clock,
    config: () => loadConfig(around, configuration),
  };
}
