/**
 * Runs the real program, in pipes.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

/** The program's entry. */
export const programPath = fileURLToPath(new URL("../../cli.ts", import.meta.url));

/** What the program is given. */
export interface RunOptions {
  readonly cwd: string;
  /** Added to a bare environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Nothing can be read there by default. */
  readonly stdin?: "null" | "piped" | undefined;
}

/** How it ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command that starts the program with these arguments. */
export function holdfastCommand(args: readonly string[], options: RunOptions): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "-A", programPath, ...args],
    cwd: options.cwd,
    clearEnv: true,
    env: { ...bareEnvironment(options.cwd), ...options.env },
    stdin: options.stdin ?? "null",
    stdout: "piped",
    stderr: "piped",
  });
}

/** Runs it to its end. */
export async function runHoldfast(args: readonly string[], options: RunOptions): Promise<Ran> {
  const { code, stdout, stderr } = await holdfastCommand(args, options).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Enough for Deno to find its cache, and nothing of the machine's configuration. */
export function bareEnvironment(home: string): Record<string, string> {
  const kept = ["PATH", "DENO_DIR", "SystemRoot", "TEMP", "LOCALAPPDATA"];
  const env: Record<string, string> = { HOME: home, TZ: "UTC" };
  for (const name of kept) {
    const value = Deno.env.get(name);
    if (value !== undefined) env[name] = value;
  }
  env.DENO_DIR ??= `${Deno.env.get("HOME")}/.cache/deno`;
  return env;
}

/** The result object: the last line of `--json`. */
export function resultOf(stdout: string): Record<string, unknown> {
  const last = stdout.trimEnd().split("\n").at(-1) ?? "";
  return JSON.parse(last) as Record<string, unknown>;
}
