/**
 * Frees what `ssh2` leaves open when a connection closes.
 *
 * @module
 */

/** A cipher of `node:crypto`, as far as ending it goes. */
interface Cipher {
  final(): unknown;
}

/** Where `ssh2` 1.17 keeps the two ciphers of a connection (lib/protocol/crypto.js). */
const places = [["_cipher", "_cipherInstance"], ["_decipher", "_decipherInstance"]] as const;

/**
 * Ends the ciphers of a client whose connection is closed. `ssh2` never ends the one
 * that a cut packet began, and with AES-CTR none: Deno would hold each for ever.
 */
export function freeCiphers(client: object): void {
  const protocol = fieldOf(client, "_protocol");
  for (const [owner, name] of places) {
    const cipher = fieldOf(fieldOf(protocol, owner), name);
    if (!isCipher(cipher)) continue;
    try {
      cipher.final();
    } catch (cause) {
      // Half a packet has no tag that could be right, a whole one was ended already.
      if (!(cause instanceof Error)) throw cause;
    }
  }
}

/** A field of what may be an object. */
function fieldOf(owner: unknown, name: string): unknown {
  return typeof owner === "object" && owner !== null ? Reflect.get(owner, name) : undefined;
}

/** Whether it can be ended. */
function isCipher(value: unknown): value is Cipher {
  return typeof fieldOf(value, "final") === "function";
}
