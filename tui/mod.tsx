/**
 * The full-screen terminal UI. Loaded only when it opens: Ink and React come with it.
 *
 * @module
 */

import { type Instance, render } from "ink";
import type { Clock } from "../mod.ts";
import type { BackupChoice, TuiActions } from "./actions.ts";
import { World } from "./effects/world.ts";
import { Root } from "./root.tsx";
import type { Command } from "./state/command.ts";
import { initialState } from "./state/state.ts";
import { Store } from "./store.ts";
import { guardTerminal } from "./terminal/guard_terminal.ts";
import { makeTheme } from "./theme.ts";

export * from "./actions.ts";
export * from "./target_actions.ts";
export { refuseTerminal, type TerminalFacts } from "./terminal/refuse_terminal.ts";

/** The exit code where the terminal went away: 128 and SIGHUP. */
const HANG_UP = 129;

/** What the UI is opened with. */
export interface TuiOptions {
  readonly actions: TuiActions;
  readonly clock: Clock;
  /** The database to open; without one it helps to choose. */
  readonly database?: string | undefined;
  /** The person's home folder, shown as `~`. */
  readonly home?: string | undefined;
  /** How a backup is taken unless the person says otherwise. */
  readonly usual?: Partial<BackupChoice> | undefined;
  /** Colours may be used: NO_COLOR is not set. */
  readonly colour: boolean;
  /** Texts in their order for a screen reader, in place of a drawn window. */
  readonly screenReader?: boolean | undefined;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Called with what nobody caught, once the screen is given back: it reports and ends the process. */
  readonly onCrash: (error: unknown) => void;
}

/** How the UI was left. */
export interface TuiResult {
  /** The exit code: 0, or 128 and the number of the signal. */
  readonly code: number;
  /** Errors that nobody had dismissed, to be read after the screen is gone. */
  readonly errors: readonly { readonly message: string; readonly hint: string | undefined }[];
}

/**
 * Opens the UI and resolves when it is left; all work has ended by then. Whether the
 * terminal can show it is for `refuseTerminal` to say, before.
 */
export async function openTui(options: TuiOptions): Promise<TuiResult> {
  const { clock, stdin, stdout, database, home, usual, colour, screenReader = false } = options;
  const left = Promise.withResolvers<number>();
  const begin = initialState({
    size: { columns: stdout.columns, rows: stdout.rows },
    now: clock.now(),
    zone: clock.zone(),
    home,
    database,
    usual: { verify: "full", engine: "auto", note: "", ifChanged: false, ...usual },
  });
  const store: Store = new Store(begin, (command: Command) => world.run(command));
  using world: World = new World({
    actions: options.actions,
    clock,
    dispatch: store.dispatch,
    leave: left.resolve,
  });
  // The other screen begins at the column of this one, where keys typed ahead were echoed.
  if (!screenReader) stdout.write("\r");
  const app: Instance = render(<Root store={store} theme={makeTheme({ colour })} />, {
    stdin,
    stdout,
    // What a screen reader has read stays above, to be read again.
    alternateScreen: !screenReader,
    incrementalRendering: true,
    maxFps: 60,
    patchConsole: false,
    exitOnCtrlC: false,
    interactive: true,
    isScreenReaderEnabled: screenReader,
  });
  const giveBack = givingBack(app, { stdout, screenReader });
  const unguard = guardTerminal({
    restore: giveBack,
    onSignal: (code) => store.dispatch({ type: "quit", code }),
    onCrash: options.onCrash,
  });
  try {
    world.run(database === undefined ? { type: "look" } : { type: "open", path: database });
    const code = await Promise.race([left.promise, closed(app, store, left.promise)]);
    giveBack();
    await app.waitUntilExit();
    return { code, errors: errorsOf(store) };
  } finally {
    unguard();
    giveBack();
  }
}

/** Gives the terminal back, once; below the lines for a screen reader a new one begins. */
function givingBack(
  app: Instance,
  { stdout, screenReader }: { readonly stdout: NodeJS.WriteStream; readonly screenReader: boolean },
): () => void {
  let given = false;
  return () => {
    if (given) return;
    given = true;
    app.unmount();
    if (screenReader) stdout.write("\n");
  };
}

/**
 * Ink ends by itself where a component throws (this rejects), and on a signal or a closed
 * terminal: then the work is still to be stopped.
 */
async function closed(app: Instance, store: Store, left: Promise<number>): Promise<number> {
  await app.waitUntilExit();
  store.dispatch({ type: "quit", code: HANG_UP });
  return await left;
}

function errorsOf(store: Store): TuiResult["errors"] {
  return store.state().toasts
    .filter(({ kind }) => kind === "error")
    .map(({ text, hint }) => ({ message: text, hint }));
}
