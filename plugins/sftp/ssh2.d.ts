/**
 * The part of `ssh2` 1.17 that we use. (`@types/ssh2` brings the types of Node 18,
 * which then stand for all of `node:` here: no `node:sqlite`, no `crc32`.)
 *
 * @module
 */

import type { Buffer } from "node:buffer";

/** How a request ends. */
type Ended = (error?: Error | null) => void;
/** How a request with an answer ends. */
type Answered<Answer> = (error: Error | null | undefined, answer: Answer) => void;

/** Attributes of a file; `mtime` is in seconds. */
interface Stats {
  readonly mode: number;
  readonly size: number;
  readonly mtime: number;
}

/** The SFTP channel. */
export interface SFTPWrapper {
  open(path: string, flags: string, mode: number, callback: Answered<Buffer>): void;
  close(handle: Buffer, callback: Ended): void;
  read(
    handle: Buffer,
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: Answered<number>,
  ): void;
  write(
    handle: Buffer,
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: Ended,
  ): void;
  fstat(handle: Buffer, callback: Answered<Stats>): void;
  fsetstat(handle: Buffer, attributes: { readonly size: number }, callback: Ended): void;
  lstat(path: string, callback: Answered<Stats>): void;
  readdir(
    path: string,
    callback: Answered<readonly { readonly filename: string; readonly attrs: Stats }[]>,
  ): void;
  mkdir(path: string, attributes: { readonly mode: number }, callback: Ended): void;
  rmdir(path: string, callback: Ended): void;
  unlink(path: string, callback: Ended): void;
  rename(from: string, to: string, callback: Ended): void;
  /** Throws where the server did not announce it. */
  ext_openssh_rename(from: string, to: string, callback: Ended): void;
  /** Throws where the server did not announce it. */
  ext_openssh_fsync(handle: Buffer, callback: Ended): void;
  /** Throws where the server did not announce it. */
  ext_openssh_statvfs(path: string, callback: Answered<unknown>): void;
  on(event: "close", listener: () => void): this;
  on(event: "error", listener: (error: Error) => void): this;
}

/** The channel of a command. */
export interface ClientChannel {
  readonly stderr: { resume(): void };
  end(): void;
  on(event: "data", listener: (data: Buffer) => void): this;
  on(event: "close", listener: () => void): this;
  on(event: "error", listener: (error: Error) => void): this;
}

/** What a client is told. Durations are milliseconds. */
export interface ConnectConfig {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password?: string;
  readonly privateKey?: string;
  readonly passphrase?: string;
  /** Path of the agent's socket. */
  readonly agent?: string;
  readonly tryKeyboard?: boolean;
  readonly readyTimeout?: number;
  readonly keepaliveInterval?: number;
  readonly keepaliveCountMax?: number;
  readonly hostVerifier?: (key: Buffer) => boolean;
}

/** Answers the questions of a server, in their order. */
type KeyboardListener = (
  name: string,
  text: string,
  language: string,
  prompts: readonly { readonly prompt: string }[],
  finish: (answers: readonly string[]) => void,
) => void;

/** A connection. */
export class Client {
  connect(config: ConnectConfig): this;
  setNoDelay(noDelay: boolean): this;
  sftp(callback: Answered<SFTPWrapper>): void;
  exec(command: string, callback: Answered<ClientChannel>): void;
  end(): this;
  destroy(): this;
  on(event: "ready" | "connect" | "close", listener: () => void): this;
  on(event: "error", listener: (error: Error) => void): this;
  on(event: "keyboard-interactive", listener: KeyboardListener): this;
  off(event: "close", listener: () => void): this;
}

/** Reads keys. */
export const utils: {
  /** The key, or what is wrong with it. */
  parseKey(text: string, passphrase?: string): object | Error;
};
