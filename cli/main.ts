/**
 * The command line: reads the arguments, runs the command, maps every end to an exit
 * code. Only this room composes: it reads the environment and the configuration, and
 * passes them in.
 *
 * @module
 */

import { CommanderError } from "@commander-js/extra-typings";
import { HoldfastError } from "../core/errors.ts";
import { exitCodeOf } from "./exit_code.ts";
import { commandNameIn, makeProgram } from "./program.ts";
import { flagsIn, type Session, startSession } from "./session.ts";
import { stopOnSignals } from "./stop_signals.ts";
import { usageError } from "./usage_error.ts";

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
    const failure = asFailure(error, { session, name: name ?? "" });
    if (failure === undefined) return 0;
    session.printer.failure(name ?? "", failure);
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
  if (name === "help") return await help(session);
  const program = await makeProgram(session, name);
  if (name === undefined && !flags.has("--help") && !flags.has("-h")) {
    program.action(async () => {
      const { withoutCommand } = await import("./without_command.ts");
      await withoutCommand(session, program);
    });
  }
  await program.parseAsync([...session.args], { from: "user" });
}

/** `holdfast help backup` is `holdfast backup --help`. */
async function help(session: Session): Promise<void> {
  const names = session.args.filter((arg) => arg !== "help" && !arg.startsWith("-"));
  const program = await makeProgram(session, names[0]);
  const known = names.length === 0 || program.commands.some((each) => each.name() === names[0]);
  await program.parseAsync(known ? [...names, "--help"] : names, { from: "user" });
}

/** What ended the run as our error; `undefined` where it was the help that was asked for. */
function asFailure(
  error: unknown,
  { session, name }: { readonly session: Session; readonly name: string },
): HoldfastError | undefined {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? undefined : usageError(error, name);
  }
  if (session.signal.aborted) {
    return new HoldfastError("CANCELLED", "Stopped before it ended", { cause: error });
  }
  if (error instanceof HoldfastError) return error;
  if (error instanceof Deno.errors.NotCapable || error instanceof Deno.errors.PermissionDenied) {
    return new HoldfastError("PERMISSION_DENIED", error.message, {
      hint: "Run it as a user who may, and with the permissions that the README names.",
      cause: error,
    });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new HoldfastError("INTERNAL", `Cannot go on: ${message}`, {
    hint: "This is a defect of holdfast: please report it.",
    cause: error,
  });
}
