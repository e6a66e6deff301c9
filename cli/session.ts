/**
 * One run of the program: what it was given, and where it prints.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import { systemClock } from "../core/clock.ts";
import type { LoadedConfig } from "../core/config/load_config.ts";
import type { Surroundings } from "../core/config/surroundings.ts";
import type { Outcome, Printer } from "./printer.ts";
import { processScreen, type Screen } from "./screen.ts";

/** One run of the program. */
export interface Session {
  readonly args: readonly string[];
  readonly around: Surroundings;
  readonly screen: Screen;
  readonly printer: Printer;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Someone can answer a question. */
  readonly canAsk: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  /** The exit code so far. */
  exitCode: number;
  /** The command with its subcommand, as results call it, once it is known: `catalog check`. */
  verb?: string | undefined;
}

/** The global options that take a value, as they hold for a command. */
export interface Globals {
  readonly config?: string | undefined;
  readonly directory?: string | undefined;
}

/** What the work of a verb is given. */
export interface Run {
  readonly session: Session;
  readonly globals: Globals;
  readonly printer: Printer;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** The configuration, read once. */
  config(): Promise<LoadedConfig>;
}

/** Does the work of a verb and prints how it ended. */
export async function perform(
  session: Session,
  globals: Globals,
  work: (run: Run) => Promise<Outcome>,
): Promise<void> {
  const { printer, signal, clock } = session;
  let loading: Promise<LoadedConfig> | undefined;
  const config = (): Promise<LoadedConfig> => loading ??= load(session, globals);
  const outcome = await work({ session, globals, printer, signal, clock, config });
  const exitCode = outcome.exitCode ?? session.exitCode;
  session.exitCode = exitCode;
  printer.result({ ...outcome, exitCode });
}

async function load({ around }: Session, { config }: Globals): Promise<LoadedConfig> {
  const { loadConfig } = await import("../core/config/load_config.ts");
  return await loadConfig(around, config);
}

/** Starts a run in this process. */
export async function startSession(
  args: readonly string[],
  signal: AbortSignal,
): Promise<Session> {
  const flags = flagsIn(args);
  const env = environment();
  const screen = processScreen(env, { color: !flags.has("--no-color") });
  const json = flags.has("--json");
  const quiet = flags.has("--quiet") || flags.has("-q");
  const options = { quiet, elapsed: systemClock.elapsed };
  const printer = json
    ? (await import("./json_printer.ts")).jsonPrinter(screen, options)
    : (await import("./text_printer.ts")).textPrinter(screen, options);
  return {
    args,
    around: { cwd: Deno.cwd(), env, os: system(), uid: userNumber() },
    screen,
    printer,
    signal,
    clock: systemClock,
    canAsk: !json && Deno.stdin.isTerminal() && Deno.stderr.isTerminal(),
    json,
    quiet,
    exitCode: 0,
  };
}

/** The flags before `--`: needed before the arguments are parsed, to print what is wrong there. */
export function flagsIn(args: readonly string[]): ReadonlySet<string> {
  const end = args.indexOf("--");
  return new Set(end < 0 ? args : args.slice(0, end));
}

/** All of the environment, or nothing where it may not be read. */
function environment(): Readonly<Record<string, string | undefined>> {
  try {
    return Deno.env.toObject();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return {};
    throw error;
  }
}

function userNumber(): number | undefined {
  try {
    return Deno.uid() ?? undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}

function system(): Surroundings["os"] {
  const { os } = Deno.build;
  return os === "windows" || os === "darwin" ? os : "linux";
}
