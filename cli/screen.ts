/**
 * Where the program writes: data to standard output, everything for people beside
 * data to standard error.
 *
 * @module
 */

/** A stream to write to. */
export interface Sink {
  /** Writes all of it; nothing once the other side has closed. */
  write(text: string): void;
  /** Someone looks at it. */
  readonly isTerminal: boolean;
}

/** What is known of the screen. */
export interface Screen {
  readonly out: Sink;
  readonly err: Sink;
  /** Columns of the window; 80 where there is none. */
  columns(): number;
  /** Colours are wanted. */
  readonly color: boolean;
  /** The cursor can be moved. */
  readonly cursor: boolean;
}

/** The screen of this process. */
export function processScreen(
  env: Readonly<Record<string, string | undefined>>,
  options: { readonly color: boolean },
): Screen {
  const err = sink(Deno.stderr);
  const dumb = env.TERM === "dumb";
  return {
    out: sink(Deno.stdout),
    err,
    columns: () => columnsOf(env),
    color: options.color && !env.NO_COLOR && !dumb && err.isTerminal,
    cursor: !dumb && err.isTerminal,
  };
}

/** A sink over a synchronous stream that stays silent once its reader is gone (`| head`). */
export function sink(
  stream: { writeSync(bytes: Uint8Array): number; isTerminal(): boolean },
): Sink {
  let closed = false;
  return {
    isTerminal: stream.isTerminal(),
    write(text) {
      const bytes = new TextEncoder().encode(text);
      try {
        for (let at = 0; at < bytes.length && !closed;) at += stream.writeSync(bytes.subarray(at));
      } catch (error) {
        if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
        closed = true;
      }
    },
  };
}

function columnsOf(env: Readonly<Record<string, string | undefined>>): number {
  if (Deno.stderr.isTerminal() || Deno.stdout.isTerminal()) {
    try {
      return Math.max(20, Deno.consoleSize().columns);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
  const given = Number(env.COLUMNS);
  return Number.isInteger(given) && given >= 20 ? given : 80;
}
