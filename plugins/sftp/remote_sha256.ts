/**
 * Asks the server to hash a file, so that a partial upload is trusted without
 * reading it back.
 *
 * @module
 */

// @ts-types="./ssh2.d.ts"
import type { Client } from "ssh2";

/** A path as one word for a POSIX shell. */
export function shellWord(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}

/**
 * The SHA-256 of a file by `sha256sum` on the server; `undefined` where the
 * server runs no commands, has no such program or says anything else.
 */
export function sha256Command(
  client: Client,
  path: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = (): void => reject(signal.reason);
    const done = (hash: string | undefined): void => {
      signal.removeEventListener("abort", stop);
      client.off("close", lost);
      resolve(hash);
    };
    const lost = (): void => done(undefined);
    signal.addEventListener("abort", stop, { once: true });
    client.on("close", lost);
    client.exec(`sha256sum < ${shellWord(path)}`, (error, channel) => {
      if (error) return done(undefined);
      let text = "";
      channel.on("data", (data: Uint8Array) => {
        if (text.length < 1000) text += new TextDecoder().decode(data);
      });
      channel.stderr.resume();
      channel.on("error", () => done(undefined));
      channel.on("close", () => done(/^([0-9a-f]{64})\b/.exec(text)?.[1]));
      // A server that gives an SFTP channel whatever was asked for ends with its input.
      channel.end();
    });
  });
}
