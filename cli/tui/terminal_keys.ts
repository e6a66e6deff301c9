/**
 * The keys of the terminal, read so that the program is never kept waiting for them.
 *
 * `node:tty` opens the device of the terminal again, to read it without waiting (as libuv's
 * `uv_tty_init` does). A terminal that belongs to another user, as after `su`, cannot be
 * opened again: each read would then stop the whole program until the next key.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { fstatSync } from "node:fs";
import process from "node:process";

/** Of standard input. */
const FD = 0;

/** The stream of keys; `uid` is the number of this user. */
export function terminalKeys(uid: number | undefined): NodeJS.ReadStream {
  const { stdin } = process;
  if (!isOfAnother(uid)) return stdin;
  // What it would read itself is given to it instead.
  stdin._read = () => undefined;
  void feed(stdin);
  return stdin;
}

/** Whether the terminal belongs to another user; who may do everything may open it all the same. */
function isOfAnother(uid: number | undefined): boolean {
  return uid !== undefined && uid !== 0 && fstatSync(FD).uid !== uid;
}

async function feed(stdin: NodeJS.ReadStream): Promise<void> {
  const buffer = new Uint8Array(4_096);
  try {
    for (;;) {
      const length = await Deno.stdin.read(buffer);
      stdin.push(length === null ? null : Buffer.from(buffer.slice(0, length)));
      if (length === null) return;
    }
  } catch (error) {
    // The terminal was closed: the stream says so to whoever reads it.
    stdin.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}
