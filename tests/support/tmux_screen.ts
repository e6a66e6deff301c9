/**
 * A real terminal for the real program: a detached tmux session.
 *
 * @module
 */

import { PATIENCE_MS } from "./patience.ts";

/** What a session is given. */
export interface TmuxOptions {
  readonly cwd: string;
  readonly columns: number;
  readonly rows: number;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** A terminal with a plain shell in it; `await using` ends it. */
export class TmuxScreen implements AsyncDisposable {
  readonly #socket: string;

  private constructor(socket: string) {
    this.#socket = socket;
  }

  /** Opens one on a server of its own. */
  static async open(options: TmuxOptions): Promise<TmuxScreen> {
    const screen = new TmuxScreen(`holdfast-test-${crypto.randomUUID()}`);
    const env = Object.entries(options.env ?? {}).flatMap((
      [key, value],
    ) => ["-e", `${key}=${value}`]);
    await screen.#tmux([
      "new-session",
      "-d",
      "-x",
      String(options.columns),
      "-y",
      String(options.rows),
      "-c",
      options.cwd,
      ...env,
      "env",
      "PS1=$ ",
      "sh",
    ]);
    return screen;
  }

  /** Types a line and enter. */
  async type(line: string): Promise<void> {
    await this.#tmux(["send-keys", "-l", line]);
    await this.press("Enter");
  }

  /** Clears the screen, then types a line and enter: all that is seen then comes of it. */
  async typeAfresh(line: string): Promise<void> {
    await this.#tmux(["send-keys", "-R"]);
    await this.type(line);
  }

  /** Presses a key by tmux's name: `Enter`, `C-c`, `y`. */
  async press(key: string): Promise<void> {
    await this.#tmux(["send-keys", key]);
  }

  /** What is to be seen, without the empty lines at the end. */
  async text(): Promise<string> {
    return (await this.#tmux(["capture-pane", "-p"])).trimEnd();
  }

  /** What is to be seen, with its colours. */
  async painted(): Promise<string> {
    return await this.#tmux(["capture-pane", "-p", "-e"]);
  }

  /** Waits until a text is to be seen, and gives all that is. */
  async waitFor(part: string | RegExp): Promise<string> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const seen = await this.text();
      if (typeof part === "string" ? seen.includes(part) : part.test(seen)) return seen;
      if (performance.now() > end) throw new Error(`Never saw ${part}:\n${seen}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Whether the cursor is to be seen. */
  async hasCursor(): Promise<boolean> {
    return (await this.#tmux(["display-message", "-p", "#{cursor_flag}"])).trim() === "1";
  }

  /** Ends it with everything in it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tmux(["kill-server"]);
  }

  async #tmux(args: readonly string[]): Promise<string> {
    const { success, stdout, stderr } = await new Deno.Command("tmux", {
      args: ["-L", this.#socket, "-f", "/dev/null", ...args],
      env: { LC_ALL: "C.UTF-8" },
      stdout: "piped",
      stderr: "piped",
    }).output();
    const decoder = new TextDecoder();
    if (!success) throw new Error(`Cannot use tmux: ${decoder.decode(stderr)}`);
    return decoder.decode(stdout);
  }
}
