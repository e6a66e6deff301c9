/**
 * Gives news to an external command.
 *
 * @module
 */

import {
  type Notification,
  type Notifier,
  type PluginContext,
  type Setting,
  TargetError,
} from "../../core/extend/mod.ts";

/** The settings as data. */
export const commandSettings: readonly Setting[] = [
  {
    name: "command",
    kind: "list",
    required: true,
    help: "The program and its arguments; no shell reads them.",
  },
  {
    name: "timeout",
    kind: "number",
    default: 30,
    min: 1,
    max: 3600,
    help: "Seconds until the command is killed.",
  },
];

/** The exit code by which a command asks to be tried again (EX_TEMPFAIL of sysexits.h). */
const tryAgain = 75;

/**
 * A notifier that runs a command: the facts are in `HOLDFAST_KIND`, `_JOB`,
 * `_DATABASE`, `_TITLE`, `_TEXT`, `_AT`, `_CODE` and `_FACTS` (JSON) of its
 * environment, the whole notification as JSON on its standard input. Exit code 0
 * is success, 75 asks to be tried again. What it writes is not read. Throws
 * `invalid` for an empty command at once. Needs `--allow-run`.
 */
export function commandNotifier({ settings }: PluginContext): Notifier {
  const value = settings.command;
  const words = Array.isArray(value) ? value.map(String) : [];
  const [program, ...args] = words;
  if (program === undefined || program.trim() === "" || words.some((word) => word.includes("\0"))) {
    throw new TargetError("invalid", 'Cannot use the setting "command": it names no program', {
      hint: 'Set "command" to a program and its arguments, each an entry of the list.',
    });
  }
  const seconds = Number(settings.timeout ?? 30);
  return {
    async notify(notification, { signal }): Promise<void> {
      signal.throwIfAborted();
      const child = start(program, args, notification);
      const deadline = AbortSignal.timeout(seconds * 1000);
      const stop = AbortSignal.any([signal, deadline]);
      const kill = (): void => killChild(child);
      stop.addEventListener("abort", kill, { once: true });
      try {
        const [{ code }] = await Promise.all([child.status, write(child.stdin, notification)]);
        signal.throwIfAborted();
        if (code !== 0) throw failed(program, { code, isLate: deadline.aborted, seconds });
      } finally {
        stop.removeEventListener("abort", kill);
      }
    },
  };
}

/** Starts the command. */
function start(
  program: string,
  args: readonly string[],
  notification: Notification,
): Deno.ChildProcess {
  try {
    return new Deno.Command(program, {
      args: [...args],
      env: environment(notification),
      stdin: "piped",
      stdout: "null",
      stderr: "null",
    }).spawn();
  } catch (cause) {
    const isMissing = cause instanceof Deno.errors.NotFound;
    throw new TargetError(isMissing ? "invalid" : "denied", `Cannot run "${program}"`, {
      hint: isMissing
        ? 'Check the setting "command": there is no such program.'
        : `Check that it may be run, and allow it: --allow-run=${program}.`,
      cause,
    });
  }
}

/** The facts as the command's environment reads them. */
function environment(notification: Notification): Record<string, string> {
  const { kind, job, database, title, text, at, code, facts } = notification;
  const entries = {
    HOLDFAST_KIND: kind,
    HOLDFAST_JOB: job,
    HOLDFAST_DATABASE: database,
    HOLDFAST_TITLE: title,
    HOLDFAST_TEXT: text,
    HOLDFAST_AT: at,
    HOLDFAST_CODE: code ?? "",
    HOLDFAST_FACTS: shortFacts(facts),
  };
  return Object.fromEntries(
    Object.entries(entries).map((
      [name, value],
    ) => [name, value.slice(0, longest).replaceAll("\0", "")]),
  );
}

/** Characters of one variable: Linux takes 128 KiB at most. The whole is on standard input. */
const longest = 30_000;

/** The facts as JSON, or none of them where they are too long. */
function shortFacts(facts: Notification["facts"]): string {
  const text = JSON.stringify(facts ?? {});
  return text.length > longest ? "{}" : text;
}

/** Writes the notification; a command that does not read it is fine. */
async function write(
  stdin: WritableStream<Uint8Array>,
  notification: Notification,
): Promise<void> {
  const writer = stdin.getWriter();
  try {
    await writer.write(new TextEncoder().encode(`${JSON.stringify(notification)}\n`));
    await writer.close();
  } catch (cause) {
    if (!(cause instanceof Deno.errors.BrokenPipe)) throw cause;
  }
}

/** Kills the command, which may have ended. */
function killChild(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (cause) {
    if (!(cause instanceof TypeError) && !(cause instanceof Deno.errors.NotFound)) throw cause;
  }
}

/** The error for a command that failed. */
function failed(
  program: string,
  { code, isLate, seconds }: {
    readonly code: number;
    readonly isLate: boolean;
    readonly seconds: number;
  },
): TargetError {
  if (isLate) {
    return new TargetError("unavailable", `Cannot wait for "${program}": it took ${seconds} s`, {
      hint: 'It was killed. Give the setting "timeout" more seconds, or let it end sooner.',
    });
  }
  const kind = code === tryAgain ? "unavailable" : "invalid";
  return new TargetError(kind, `Cannot notify by "${program}": it ended with code ${code}`, {
    hint: "Run it by hand with the same environment; code 75 asks to be tried again.",
  });
}
