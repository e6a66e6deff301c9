/**
 * A program on a real terminal, in tmux.
 *
 * @module
 */

import { PATIENCE_MS } from "./patience.ts";

/** A terminal in a tmux server of its own. */
export class Tmux implements AsyncDisposable {
  readonly #socket: string;

  private constructor(socket: string) {
    this.#socket = socket;
  }

  /** Starts a shell command in a window; the server's socket lies in `folder`. */
  static async start(
    command: string,
    { folder, columns = 80, rows = 24 }: {
      readonly folder: string;
      readonly columns?: number;
      readonly rows?: number;
    },
  ): Promise<Tmux> {
    const terminal = new Tmux(`${folder}/${crypto.randomUUID().slice(0, 8)}.tmux`);
    const size = ["-x", String(columns), "-y", String(rows)];
    await terminal.#run("-f", "/dev/null", "new-session", "-d", ...size, command);
    return terminal;
  }

  /** Presses keys by tmux's names (`Enter`, `Escape`, `C-c`); others are typed. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.#run("send-keys", key);
      if (key === "Escape") await pause(100);
    }
  }

  /** What the window shows. */
  async text(): Promise<string> {
    return (await this.#run("capture-pane", "-p")).trimEnd();
  }

  /** A format of tmux: `#{alternate_on}`, `#{cursor_flag}`, `#{pane_pid}`. */
  async tell(format: string): Promise<string> {
    return (await this.#run("display-message", "-p", format)).trim();
  }

  /** Pulls the window to another size. */
  async resize(columns: number, rows: number): Promise<void> {
    await this.#run("resize-window", "-x", String(columns), "-y", String(rows));
  }

  /** Closes the window, as a person does who closes the terminal. */
  async close(): Promise<void> {
    await this.#run("kill-session");
  }

  /** Waits until the window shows it. */
  async see(wanted: string | RegExp): Promise<string> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const text = await this.text();
      if (typeof wanted === "string" ? text.includes(wanted) : wanted.test(text)) return text;
      if (performance.now() > end) throw new Error(`Never saw ${wanted}:\n${text}`);
      await pause(50);
    }
  }

  /** Ends the server with what still runs in it. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { stderr, success } = await this.#output("kill-server");
    const text = new TextDecoder().decode(stderr);
    if (!success && !/no server|No such file|lost server/.test(text)) throw new Error(text);
  }

  async #run(...args: readonly string[]): Promise<string> {
    const { success, stdout, stderr } = await this.#output(...args);
    if (!success) throw new Error(`tmux ${args[0]}: ${new TextDecoder().decode(stderr)}`);
    return new TextDecoder().decode(stdout);
  }

  #output(...args: readonly string[]): Promise<Deno.CommandOutput> {
    return new Deno.Command("tmux", {
      args: ["-S", this.#socket, ...args],
      env: { LC_ALL: "C.UTF-8" },
    }).output();
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
