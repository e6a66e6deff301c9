/**
 * A database that another process keeps to itself.
 *
 * @module
 */

import { TextLineStream } from "./text_lines.ts";

/** Holds `BEGIN EXCLUSIVE` in a process of its own until it is disposed of: nobody reads. */
export async function lockedDatabase(path: string): Promise<AsyncDisposable> {
  const script = `
    import { DatabaseSync } from "node:sqlite";
    const database = new DatabaseSync(${JSON.stringify(path)});
    database.exec("BEGIN EXCLUSIVE");
    console.log("held");
    for await (const _ of Deno.stdin.readable);`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", "--no-config", script],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream())
    .getReader();
  if ((await lines.read()).value !== "held") throw new Error(`Cannot lock "${path}"`);
  return {
    async [Symbol.asyncDispose]() {
      await child.stdin.close();
      while (!(await lines.read()).done);
      await child.status;
    },
  };
}
