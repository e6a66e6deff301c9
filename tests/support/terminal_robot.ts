/**
 * A terminal without a screen: what a program draws is read back as text, keys are
 * pressed by name.
 *
 * @module
 */

import { PassThrough, Writable } from "node:stream";
import xterm from "@xterm/headless";
import { PATIENCE_MS } from "./patience.ts";

const sequences: Readonly<Record<string, string>> = {
  enter: "\r",
  esc: "\x1b",
  up: "\x1b[A",
  down: "\x1b[B",
  right: "\x1b[C",
  left: "\x1b[D",
  pageDown: "\x1b[6~",
  pageUp: "\x1b[5~",
  tab: "\t",
  space: " ",
  backspace: "\x7f",
  "ctrl+c": "\x03",
  "ctrl+u": "\x15",
};

/** The screen of a terminal emulator, as a stream that is written to. */
class ScreenStream extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;
  readonly terminal: InstanceType<typeof xterm.Terminal>;
  /** What was shown since the last key. */
  readonly frames: string[] = [];

  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
    this.terminal = new xterm.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
      convertEol: true,
    });
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.terminal.write(chunk, () => {
      const text = this.text();
      if (this.frames.at(-1) !== text) this.frames.push(text);
      done();
    });
  }

  text(): string {
    const { buffer: { active }, rows } = this.terminal;
    const lines = Array.from(
      { length: rows },
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? "",
    );
    return lines.join("\n").trimEnd();
  }
}

/** Keys that are pressed on a terminal, as a stream that is read. */
class KeyStream extends PassThrough {
  readonly isTTY = true;
  /** Keys come one by one. */
  raw = false;

  setRawMode(raw: boolean): this {
    this.raw = raw;
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

/** A terminal and the hand at its keys. */
export class TerminalRobot implements Disposable {
  readonly #screen: ScreenStream;
  readonly #keys = new KeyStream();

  /** Switches it on. */
  constructor({ columns = 80, rows = 24 }: { columns?: number; rows?: number } = {}) {
    this.#screen = new ScreenStream(columns, rows);
  }

  /** What the program writes to. */
  get stdout(): NodeJS.WriteStream {
    return this.#screen as unknown as NodeJS.WriteStream;
  }

  /** What the program reads from. */
  get stdin(): NodeJS.ReadStream {
    return this.#keys as unknown as NodeJS.ReadStream;
  }

  /** Keys come one by one: raw mode is on. */
  get raw(): boolean {
    return this.#keys.raw;
  }

  /** The alternate screen is on. */
  get alternate(): boolean {
    return this.#screen.terminal.buffer.active.type === "alternate";
  }

  /** What the screen shows, without spaces at the ends of lines. */
  text(): string {
    return this.#screen.text();
  }

  /**
   * Waits for the screen that keys are for, then presses them: whoever presses without
   * looking plays against the machine.
   */
  async at(wanted: string | RegExp, ...keys: readonly string[]): Promise<void> {
    await this.see(wanted);
    await this.press(...keys);
  }

  /** Presses keys by name, one at a time; other texts are typed. */
  async press(...keys: readonly string[]): Promise<void> {
    this.#screen.frames.length = 0;
    for (const key of keys) {
      const parts = key in sequences ? [sequences[key] ?? ""] : Array.from(key);
      for (const part of parts) {
        this.#keys.write(part);
        // An escape that is followed at once belongs to a longer sequence.
        await pause(part === "\x1b" ? 60 : 5);
      }
    }
  }

  /** Presses keys so fast that they arrive in one piece. */
  pressAtOnce(...keys: readonly string[]): void {
    this.#screen.frames.length = 0;
    this.#keys.write(keys.map((key) => sequences[key] ?? key).join(""));
  }

  /** Pulls the window to another size. */
  resize(columns: number, rows: number): void {
    this.#screen.columns = columns;
    this.#screen.rows = rows;
    this.#screen.terminal.resize(columns, rows);
    this.#screen.emit("resize");
  }

  /** Waits until the screen shows it. */
  async see(wanted: string | RegExp): Promise<string> {
    return await this.until((text) => fits(text, wanted), String(wanted));
  }

  /**
   * Waits until the screen has shown it since the last key, if only for a moment: news
   * leave by themselves, and a busy machine may look too late.
   */
  async news(wanted: string | RegExp): Promise<void> {
    const shown = (): boolean => this.#screen.frames.some((text) => fits(text, wanted));
    await this.until(shown, String(wanted));
  }

  /** Waits until the screen is as wanted; fails with what it shows. */
  async until(wanted: (text: string) => boolean, what: string): Promise<string> {
    const end = performance.now() + PATIENCE_MS;
    while (performance.now() < end) {
      const text = this.text();
      if (wanted(text)) return text;
      await pause(10);
    }
    throw new Error(`The screen never showed ${what}:\n${this.text()}`);
  }

  /** Switches it off. */
  [Symbol.dispose](): void {
    this.#screen.terminal.dispose();
    this.#keys.destroy();
    this.#screen.destroy();
  }
}

function fits(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === "string" ? text.includes(wanted) : wanted.test(text);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
