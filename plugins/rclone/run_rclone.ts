/**
 * Runs rclone once, as a child process that ends with its caller.
 *
 * @module
 */

import { abortableStream, TargetError } from "../../core/extend/mod.ts";
import { rcloneError, type RcloneFailure } from "./rclone_error.ts";
import { readLogLine } from "./rclone_log.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** How every run is started. */
export interface RcloneProgram {
  /** The executable. */
  readonly program: string;
  /** Flags of every run. */
  readonly flags: readonly string[];
  /** What is added to the environment: options and secrets. */
  readonly env: Readonly<Record<string, string>>;
  /** What no message may show. */
  readonly secrets: readonly string[];
  /** Milliseconds without a sign of life until it is killed. */
  readonly silentMs: number;
}

/** What one run is given. */
export interface RunOptions {
  /** What it is for: `Cannot store "a.db"`. */
  readonly action: string;
  readonly signal: AbortSignal;
  /** What goes to its standard input. */
  readonly input?: ReadableStream<Bytes> | undefined;
  /** Called with the bytes that it tells to have moved. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
  /** Exit codes that are an answer, not a failure. */
  readonly fine?: readonly number[] | undefined;
}

/** A finished run. */
export interface RunResult {
  readonly code: number;
  readonly text: string;
}

/** Runs rclone and gives what it wrote. Needs `--allow-run`. */
export async function runRclone(
  program: RcloneProgram,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  let text = "";
  const decoder = new TextDecoder();
  const code = await watchRclone(program, args, {
    ...options,
    output: (chunk) => {
      text += decoder.decode(chunk, { stream: true });
    },
  });
  return { code, text: text + decoder.decode() };
}

/** What {@linkcode watchRclone} is given. */
export interface WatchOptions extends RunOptions {
  /** Takes what it writes; reading goes on when it resolves. */
  readonly output: (chunk: Bytes) => void | Promise<void>;
}

/**
 * Runs rclone and waits for its end; gives the exit code. Throws the signal's
 * reason, what the input or the output throws, or a `TargetError`; the child is
 * gone then.
 */
export async function watchRclone(
  program: RcloneProgram,
  args: readonly string[],
  options: WatchOptions,
): Promise<number> {
  const { action, signal, input, fine = [] } = options;
  signal.throwIfAborted();
  const child = spawn(program, args, input !== undefined);
  const killed = killer(child, program.silentMs);
  const stop = (): void => killed.kill();
  signal.addEventListener("abort", stop, { once: true });
  const ended = new AbortController();
  const messages: string[] = [];
  let thrown: { readonly error: unknown } | undefined;
  const guard = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      thrown ??= { error };
      killed.kill();
    }
  };
  try {
    const work = [
      guard(each(child.stdout, async (chunk) => {
        killed.alive();
        await options.output(chunk);
      })),
      guard(readLog(child.stderr, { messages, alive: killed.alive, onBytes: options.onBytes })),
    ];
    if (input !== undefined) {
      const readable = abortableStream(input, ended.signal);
      work.push(guard(feed(readable, child.stdin, killed.alive)));
    }
    const { code } = await child.status;
    ended.abort(
      new TargetError("unavailable", `${action}: rclone ended before it read everything`),
    );
    await Promise.all(work);
    signal.throwIfAborted();
    if (killed.isSilent()) throw silentError(action, program.silentMs);
    if (thrown !== undefined && (code === 0 || killed.wasKilled())) throw thrown.error;
    if (code === 0 || fine.includes(code)) return code;
    const failure: RcloneFailure = { code, messages };
    throw rcloneError(action, failure, program.secrets);
  } finally {
    signal.removeEventListener("abort", stop);
    killed.end();
  }
}

/** Starts the child. */
function spawn(
  { program, flags, env }: RcloneProgram,
  args: readonly string[],
  hasInput: boolean,
): Deno.ChildProcess {
  try {
    return new Deno.Command(program, {
      args: [...args, ...flags],
      // An AWS_CA_BUNDLE from outside breaks the S3 backend of rclone 1.60; empty is unset for it.
      env: { AWS_CA_BUNDLE: "", ...env },
      stdin: hasInput ? "piped" : "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) {
      throw new TargetError("invalid", `Cannot run "${program}": there is no such program`, {
        hint: "Install rclone 1.60 or newer, or give the setting `program` its path.",
        cause,
      });
    }
    throw new TargetError("denied", `Cannot run "${program}"`, {
      hint: `Allow it: --allow-run=${program}.`,
      cause,
    });
  }
}

/** Ends a child: gently, so that it tidies up, and by force 3 s later, or when it is silent. */
function killer(child: Deno.ChildProcess, silentMs: number) {
  let wasKilled = false;
  let isSilent = false;
  let force: ReturnType<typeof setTimeout> | undefined;
  const send = (name: Deno.Signal): void => {
    try {
      child.kill(name);
    } catch (cause) {
      // It has ended.
      if (!(cause instanceof TypeError) && !(cause instanceof Deno.errors.NotFound)) throw cause;
    }
  };
  const kill = (): void => {
    if (wasKilled) return;
    wasKilled = true;
    send("SIGTERM");
    force = setTimeout(() => send("SIGKILL"), 3000);
  };
  const whenSilent = (): void => {
    isSilent = true;
    kill();
  };
  let timer = setTimeout(whenSilent, silentMs);
  return {
    kill,
    wasKilled: () => wasKilled,
    isSilent: () => isSilent,
    alive: (): void => {
      clearTimeout(timer);
      timer = setTimeout(whenSilent, silentMs);
    },
    end: (): void => {
      clearTimeout(timer);
      clearTimeout(force);
    },
  };
}

/** The error for a child that told nothing for too long. */
function silentError(action: string, silentMs: number): TargetError {
  return new TargetError("unavailable", `${action}: rclone was silent for ${silentMs / 1000} s`, {
    hint: "Check the network and the remote, or give the setting `timeout` more seconds.",
  });
}

/** Calls for each chunk. */
async function each(
  stream: ReadableStream<Bytes>,
  take: (chunk: Bytes) => void | Promise<void>,
): Promise<void> {
  for await (const chunk of stream) await take(chunk);
}

/** Writes the input to the child. Its death closes the pipe: its exit code tells why. */
async function feed(
  input: ReadableStream<Bytes>,
  stdin: WritableStream<Uint8Array>,
  alive: () => void,
): Promise<void> {
  const writer = stdin.getWriter();
  try {
    for await (const chunk of input) {
      await writer.write(chunk);
      alive();
    }
    await writer.close();
  } catch (cause) {
    await Promise.allSettled([writer.abort(cause)]);
    if (!(cause instanceof Deno.errors.BrokenPipe)) throw cause;
  }
}

/** Reads the log: failures are kept, progress is told. */
async function readLog(
  stderr: ReadableStream<Bytes>,
  { messages, alive, onBytes }: {
    readonly messages: string[];
    readonly alive: () => void;
    readonly onBytes: ((bytes: number) => void) | undefined;
  },
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  let last = -1;
  const take = (line: string): void => {
    const { failure, bytes } = readLogLine(line);
    if (failure !== undefined) messages.push(failure);
    if (bytes === undefined) return;
    if (bytes !== last) alive();
    last = bytes;
    onBytes?.(bytes);
  };
  for await (const chunk of stderr) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(take);
  }
  take(rest);
}
