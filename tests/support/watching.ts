/**
 * A real `holdfast watch`, line by line.
 *
 * @module
 */

import { comes } from "./patience.ts";
import { kill } from "./processes.ts";
import { holdfastCommand, type RunOptions } from "./run_holdfast.ts";
import { TextLineStream } from "./text_lines.ts";

/** One that runs until it is stopped or disposed of. */
export interface Watching extends AsyncDisposable {
  /** The next line that fits; those before it are dropped. */
  line(fits: RegExp): Promise<string>;
  /** Sends SIGTERM; the exit code. */
  stop(): Promise<number>;
}

/** Starts it. */
export function watching(args: readonly string[], options: RunOptions): Watching {
  const child = holdfastCommand(["watch", ...args], options).spawn();
  const errors = new Response(child.stderr).text();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream())
    .getReader();
  const next = async (fits: RegExp): Promise<string> => {
    while (true) {
      const { done, value } = await lines.read();
      if (done) throw new Error(`it ended before ${fits}: ${await errors}`);
      if (fits.test(value)) return value;
    }
  };
  const ending = async (): Promise<number> => {
    while (!(await lines.read()).done);
    const { code } = await child.status;
    await errors;
    return code;
  };
  let ended: Promise<number> | undefined;
  const stop = async (): Promise<number> => {
    kill(child.pid, "SIGTERM");
    try {
      return await comes("the end of holdfast watch", ending());
    } finally {
      kill(child.pid);
    }
  };
  return {
    line: (fits) => comes(`a line with ${fits}`, next(fits)),
    stop: () => ended ??= stop(),
    [Symbol.asyncDispose]: async () => void await (ended ??= stop()),
  };
}
