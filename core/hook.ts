/**
 * Commands of the configuration that run around a backup and a restore.
 *
 * @module
 */

import type { HookCommand } from "./config/database_settings.ts";
import { parseDuration } from "./words/duration_expression.ts";
import { HoldfastError } from "./errors.ts";

/** When a hook runs. */
export type HookName = "beforeBackup" | "afterBackup" | "beforeRestore" | "afterRestore";

/** What {@linkcode runHook} is given. */
export interface HookOptions {
  /** Facts for the command, as `HOLDFAST_HOOK_…`; absent ones are left out. */
  readonly facts: Readonly<Record<string, string | undefined>>;
  /** Folder that it runs in. */
  readonly cwd: string;
  /** Hears every line that it prints. */
  readonly onLine: (line: string) => void;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
}

/** How long a hook may take where it does not say. */
const usualTimeout = "60s";

/**
 * Runs a hook, without a shell, and waits for it. At its time limit, or when the
 * signal is aborted, it is ended by SIGTERM and two seconds later by SIGKILL. Needs
 * `--allow-run` for the program.
 *
 * @throws {HoldfastError} `BACKUP_FAILED` or `RESTORE_FAILED` where it cannot start, fails or
 * takes too long; `CANCELLED`.
 */
export async function runHook(
  name: HookName,
  hook: HookCommand,
  options: HookOptions,
): Promise<void> {
  const { argv, timeout } = parts(hook);
  const [program = "", ...args] = argv;
  const limit = parseDuration(timeout).total("milliseconds");
  const env: Record<string, string> = { HOLDFAST_HOOK: name };
  for (const [key, value] of Object.entries(options.facts)) {
    if (value !== undefined) env[`HOLDFAST_HOOK_${key}`] = value;
  }
  const code = name.endsWith("Restore") ? "RESTORE_FAILED" : "BACKUP_FAILED";
  const child = start(program, { args, env, cwd: options.cwd }, { name, code });
  const ended = await watch(child, limit, options);
  if (ended.why === "cancelled") {
    throw new HoldfastError("CANCELLED", `Stopped while the hook ${name} ran`);
  }
  if (ended.why === "timeout") {
    throw new HoldfastError(code, `Cannot wait for the hook ${name} any longer than ${timeout}`, {
      hint: `Give it a longer "timeout", or make "${program}" end sooner.`,
    });
  }
  if (ended.status.success) return;
  const how = ended.status.signal ?? `exit code ${ended.status.code}`;
  throw new HoldfastError(code, `Cannot go past the hook ${name}: "${program}" ended with ${how}`, {
    hint: "What it printed is above.",
  });
}

function parts(hook: HookCommand): { readonly argv: readonly string[]; readonly timeout: string } {
  if ("command" in hook) return { argv: hook.command, timeout: hook.timeout ?? usualTimeout };
  return { argv: hook, timeout: usualTimeout };
}

function start(
  program: string,
  options: Pick<Deno.CommandOptions, "args" | "env" | "cwd">,
  about: { readonly name: HookName; readonly code: HoldfastError["code"] },
): Deno.ChildProcess {
  try {
    return new Deno.Command(program, {
      ...options,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (cause) {
    const why = cause instanceof Deno.errors.NotFound ? "there is no such program" : String(cause);
    throw new HoldfastError(about.code, `Cannot start the hook ${about.name}: ${why}`, {
      hint: `"${program}" is looked for in PATH; a path is relative to the configuration file.`,
      cause,
    });
  }
}

type Ended = {
  readonly why: "exit" | "timeout" | "cancelled";
  readonly status: Deno.CommandStatus;
};

/** Waits for the end, ends it at the limit, and passes its lines on. */
async function watch(
  child: Deno.ChildProcess,
  limit: number,
  { signal, onLine }: HookOptions,
): Promise<Ended> {
  let why: Ended["why"] = "exit";
  let last: ReturnType<typeof setTimeout> | undefined;
  const end = (reason: Ended["why"]): void => {
    if (why !== "exit") return;
    why = reason;
    kill(child, "SIGTERM");
    last = setTimeout(() => kill(child, "SIGKILL"), 2_000);
  };
  const timer = setTimeout(() => end("timeout"), limit);
  const stop = (): void => end("cancelled");
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  const reading = [child.stdout, child.stderr].map((stream) => passLines(stream, onLine));
  try {
    const status = await child.status;
    // A grandchild may keep the pipes open: what it prints later is not waited for.
    await settled(reading, 500);
    return { why, status };
  } finally {
    clearTimeout(timer);
    clearTimeout(last);
    signal?.removeEventListener("abort", stop);
    await Promise.all(reading.map((each) => each.stop()));
  }
}

interface Reading {
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

function passLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onLine: (line: string) => void,
): Reading {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  const pass = async (): Promise<void> => {
    let rest = "";
    while (true) {
      const { value, done } = await reader.read();
      const lines = `${rest}${value ?? ""}`.split(/\r?\n/);
      rest = done ? "" : lines.pop() ?? "";
      for (const line of lines) if (line !== "") onLine(line);
      if (done) return;
    }
  };
  return { done: pass(), stop: () => reader.cancel() };
}

async function settled(reading: readonly Reading[], ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => timer = setTimeout(resolve, ms));
  await Promise.race([Promise.all(reading.map(({ done }) => done)), late]);
  clearTimeout(timer);
}

function kill(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // It has ended already.
    if (!(error instanceof TypeError)) throw error;
  }
}
