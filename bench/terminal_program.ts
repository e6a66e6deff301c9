/**
 * A program on a pseudo terminal, whose output is watched as it comes.
 *
 * @module
 */

/** A program that runs in `script` (util-linux), which gives it a terminal of 80×24. */
export class TerminalProgram implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #keys: WritableStreamDefaultWriter<Uint8Array>;
  #output = "";
  #heard = Promise.withResolvers<void>();

  /** Starts it. */
  constructor(command: string, folder: string) {
    this.#child = new Deno.Command("script", {
      args: ["-qefc", `stty cols 80 rows 24; ${command}`, "/dev/null"],
      cwd: folder,
      env: { TERM: "xterm-256color" },
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    this.#keys = this.#child.stdin.getWriter();
    void this.#listen();
  }

  async #listen(): Promise<void> {
    for await (const text of this.#child.stdout.pipeThrough(new TextDecoderStream())) {
      this.#output += text;
      this.#heard.resolve();
      this.#heard = Promise.withResolvers<void>();
    }
  }

  /** Presses a key and forgets what was shown before. */
  async press(key: string): Promise<void> {
    this.#output = "";
    await this.#keys.write(new TextEncoder().encode(key));
  }

  /** Resolves once this was shown. */
  async shows(text: string): Promise<void> {
    while (!this.#output.includes(text)) await this.#heard.promise;
  }

  /** Waits for its end. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#keys.close();
    await this.#child.status;
  }
}

/** The middle one. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which so many of all lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
