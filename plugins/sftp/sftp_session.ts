/**
 * One connection to an SFTP server.
 *
 * @module
 */

import type { Buffer } from "node:buffer";
// @ts-types="./ssh2.d.ts"
import { Client, type ConnectConfig, type SFTPWrapper, utils } from "ssh2";
import { TargetError } from "../../core/extend/mod.ts";
import { freeCiphers } from "./free_ciphers.ts";
import { changedKeyError, fingerprint, unknownKeyError } from "./host_key.ts";
import { type Done, pendingCalls } from "./pending_calls.ts";
import { connectError, reasonOf, silentError } from "./sftp_error.ts";
import type { SftpSettings } from "./sftp_settings.ts";
import { sha256Command } from "./remote_sha256.ts";

/** A connection with the SFTP channel open. */
export interface SftpSession {
  /** Whether requests can still be sent. */
  readonly alive: boolean;
  /**
   * Sends one request. Rejects with the server's refusal as `ssh2` gives it, with
   * `unavailable` when the connection is lost or silent, or the signal's reason.
   * A result that comes after it was given up goes to `late`.
   */
  call<Result>(
    signal: AbortSignal,
    start: (sftp: SFTPWrapper, done: Done<Result>) => void,
    late?: (result: Result) => void,
  ): Promise<Result>;
  /** The SHA-256 of a file there, `undefined` where the server runs no commands for us. */
  sha256(path: string, signal: AbortSignal): Promise<string | undefined>;
  /** Ends the connection, at once where it is broken. */
  end(): Promise<void>;
}

/** Connects, signs in and opens the SFTP channel. */
export async function openSession(
  settings: SftpSettings,
  signal: AbortSignal,
): Promise<SftpSession> {
  const server = serverName(settings);
  const trusted = settings.hostKey;
  if (trusted === undefined) throw unknownKeyError(server);
  let refused: TargetError | undefined;
  const config = connectConfig(settings, (key) => {
    if (fingerprint(key) === trusted) return true;
    refused = changedKeyError(server, trusted, key);
    return false;
  });
  const client = newClient();
  const lost = lostPromise(client, server);
  try {
    await connected(client, config, lost, signal);
    const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
      lost.catch(reject);
      client.sftp((error, channel) => error ? reject(error) : resolve(channel));
    });
    return session(client, sftp, { lost, server, settings });
  } catch (cause) {
    client.destroy();
    signal.throwIfAborted();
    throw refused ?? connectError(server, cause);
  }
}

/** Asks a server for its key without signing in. */
export async function askHostKey(
  settings: SftpSettings,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const server = serverName(settings);
  let found: Uint8Array | undefined;
  const client = newClient();
  try {
    const config = connectConfig(settings, (key) => {
      found = Uint8Array.from(key);
      return false;
    });
    await connected(client, config, lostPromise(client, server), signal);
  } catch (cause) {
    signal.throwIfAborted();
    if (found === undefined) throw connectError(server, cause);
  } finally {
    client.destroy();
  }
  if (found === undefined) throw unknownKeyError(server);
  return found;
}

/** A client that holds nothing once its connection is closed. */
function newClient(): Client {
  const client = new Client();
  client.on("close", () => freeCiphers(client));
  return client;
}

/** How messages name the server. */
export function serverName({ host, port, user }: SftpSettings): string {
  return `${user}@${host}${port === 22 ? "" : `:${port}`}`;
}

/** What `ssh2` is given. */
function connectConfig(
  settings: SftpSettings,
  verify: (key: Buffer) => boolean,
): ConnectConfig {
  const { privateKey, passphrase, password, agent } = settings;
  if (privateKey !== undefined) {
    const parsed = utils.parseKey(privateKey, passphrase);
    if (parsed instanceof Error) {
      throw new TargetError("denied", `Cannot use the private key: ${reasonOf(parsed)}`, {
        hint: "Check that the file is a private key and that the passphrase opens it.",
        cause: parsed,
      });
    }
  }
  return {
    host: settings.host,
    port: settings.port,
    username: settings.user,
    readyTimeout: settings.timeoutSeconds * 1000,
    keepaliveInterval: settings.timeoutSeconds * 250,
    keepaliveCountMax: 4,
    hostVerifier: verify,
    ...(privateKey === undefined ? {} : { privateKey }),
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(agent === undefined ? {} : { agent }),
    // Some servers ask for the password by keyboard-interactive only.
    ...(password === undefined ? {} : { password, tryKeyboard: true }),
  };
}

/** Rejects when the connection is lost; nobody needs to listen. */
function lostPromise(client: Client, server: string): Promise<never> {
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => undefined);
  client.on("error", (error) => lost.reject(connectError(server, error)));
  client.on("close", () => lost.reject(connectError(server, new Error("the connection was lost"))));
  return lost.promise;
}

/** Waits until the client is signed in. */
async function connected(
  client: Client,
  config: ConnectConfig,
  lost: Promise<never>,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const ready = Promise.withResolvers<void>();
  const stop = (): void => ready.reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  client.on("ready", () => ready.resolve());
  // Without it every upload waits for Nagle's algorithm: 2 instead of 100 MB/s.
  client.on("connect", () => client.setNoDelay(true));
  const { password } = config;
  if (password !== undefined) {
    client.on("keyboard-interactive", (_name, _text, _language, prompts, finish) => {
      finish(prompts.map(() => password));
    });
  }
  try {
    client.connect(config);
    await Promise.race([ready.promise, lost]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** What a session is made of. */
interface Parts {
  readonly lost: Promise<never>;
  readonly server: string;
  readonly settings: SftpSettings;
}

/** The session of a client that is signed in. */
function session(client: Client, sftp: SFTPWrapper, parts: Parts): SftpSession {
  let alive = true;
  const { server, settings } = parts;
  const closed = Promise.withResolvers<void>();
  const lose = (error: unknown): void => {
    alive = false;
    calls.rejectAll(error);
  };
  const calls = pendingCalls({
    timeoutMs: settings.timeoutSeconds * 1000,
    onSilent: () => {
      lose(silentError(server, settings.timeoutSeconds));
      client.destroy();
    },
  });
  client.on("close", () => closed.resolve());
  parts.lost.catch(lose);
  const channelLost = (): void => lose(connectError(server, new Error("the channel was closed")));
  sftp.on("close", channelLost);
  sftp.on("error", channelLost);
  return {
    get alive(): boolean {
      return alive;
    },
    call: (signal, start, late) => calls.call((done) => start(sftp, done), { signal, late }),
    sha256: (path, signal) => sha256Command(client, path, signal),
    async end(): Promise<void> {
      if (alive) client.end();
      else client.destroy();
      const timer = setTimeout(() => client.destroy(), 1000);
      await closed.promise;
      clearTimeout(timer);
    },
  };
}
