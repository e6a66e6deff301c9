/**
 * How long a writer's commits take while backups run, and without one.
 *
 * @module
 */

import { backup } from "../mod.ts";
import { projectFile } from "./support/run.ts";

/** Milliseconds of a writer's commits. */
export interface Latency {
  readonly mode: string;
  readonly p99Alone: number;
  readonly p99Backup: number;
  readonly longestAlone: number;
  readonly longestBackup: number;
  readonly ratio: number;
  readonly busy: number;
}

/** Measures it for one database. */
export async function writerLatency(
  database: string,
  { mode, directory, rounds }: {
    readonly mode: string;
    readonly directory: string;
    readonly rounds: number;
  },
): Promise<Latency> {
  const script = projectFile("bench/support/latency_writer.ts");
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "-q", script, database],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const say = (word: string): Promise<void> => writer.write(new TextEncoder().encode(`${word}\n`));
  for (let round = 0; round < rounds; round++) {
    await say("alone");
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await say("backup");
    await backup({ database, directory, warnSizeMB: 1e6 });
  }
  await writer.close();
  const { stdout } = await child.output();
  const { alone, backup: during, busy } = JSON.parse(new TextDecoder().decode(stdout)) as {
    alone: number[];
    backup: number[];
    busy: number;
  };
  const p99 = (values: number[]): number => values[Math.floor(values.length * 0.99)] ?? 0;
  return {
    mode,
    p99Alone: p99(alone),
    p99Backup: p99(during),
    longestAlone: alone.at(-1) ?? 0,
    longestBackup: during.at(-1) ?? 0,
    ratio: p99(during) / p99(alone),
    busy,
  };
}
