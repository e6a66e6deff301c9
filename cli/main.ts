/**
 * The command line: reads the arguments, runs the command, maps every end to an exit
 * code. Only this room composes: it reads the environment and the configuration, and
 * passes them in.
 *
 * @module
 */

import { failureOf } from "../core/engine/sqlite_error.ts";
import { HoldfastError } from "../core/errors.ts";
import { exitCodeOf } from "./exit_code.ts";
import { commandNameIn } from "./command_name.ts";
import { quickList } from "./quick_list.ts";
import { flagsIn, perform, type Session, startSession } from "./session.ts";
import { stopOnSignals } from "./stop_signals.ts";

/** Runs the program with these arguments and gives its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  let clear = (): void => undefined;
  using stop = stopOnSignals(() => clear());
  const session = await startSession(args, stop.signal);
  clear = () => session.printer.clear();
  const name = commandNameIn(args);
  try {
    await run(session, name);
    return session.exitCode;
  } catch (error) {
    const failure = asFailure(error, session);
    session.printer.failure(session.verb ?? name ?? "", failure);
    return exitCodeOf(failure.code);
  }
}

async function run(session: Session, name: string | undefined): Promise<void> {
  if (Deno.build.standalone) {
    const { binaryAnswersEngine } = await import("../core/engine/launch.ts");
    binaryAnswersEngine();
  }
  const flags = flagsIn(session.args);
  if (name === undefined && (flags.has("--version") || flags.has("-V"))) {
    const { printVersion } = await import("./version.ts");
    return printVersion(session);
  }
  const quick = quickList(session.args);
  if (quick !== undefined) {
    const { listVerb } = await import("./verbs/list.ts");
    return await perform(session, quick.globals, (run) => listVerb(run, quick.databases, quick));
  }
  const { parse } = await importLater<typeof import("./parse.ts")>("./parse.ts");
  await parse(session, name);
}

/**
 * Imports a module that the graph of the program does not contain. Deno reads every
 * module that an `import()` names in its text before the program begins; with all
 * commands, plugins and screens that takes longer than a list of backups.
 * `compile.include` in deno.json names it for the single binary.
 */
async function importLater<Module>(path: string): Promise<Module> {
  // Bundled, this file and that one are JavaScript.
  const file = import.meta.url.endsWith(".js") ? path.replace(/\.ts$/, ".js") : path;
  return await import(new URL(file, import.meta.url).href);
}

/** What ended the run, as our error. */
function asFailure(error: unknown, session: Session): HoldfastError {
  if (session.signal.aborted) {
    return new HoldfastError("CANCELLED", "Stopped before it ended", { cause: error });
  }
  if (error instanceof HoldfastError) return error;
  const { code, message, hint } = failureOf(error);
  return new HoldfastError(code, `Cannot go on: ${message}`, {
    hint: code === "INTERNAL" ? "This is a defect of holdfast: please report it." : hint,
    cause: error,
  });
}
