/**
 * A passphrase as a recipient and an identity of age, by node:crypto: the one of
 * the library holds the event loop for 1.7 s.
 *
 * @module
 */

import { createCipheriv, createDecipheriv, randomBytes, scrypt } from "node:crypto";
import { Buffer } from "node:buffer";
import { type Identity, type Recipient, Stanza } from "age-encryption";

/** The work that age itself asks for: 256 MiB and about a second. */
const usualWork = 18;

/** The most work that a file may ask of us: 1 GiB. */
const mostWork = 20;

/** The format: https://c2sp.org/age#scrypt-recipient-stanza */
const label = "age-encryption.org/v1/scrypt";

/** The key that wraps the file key. */
async function wrappingKey(passphrase: string, salt: Uint8Array, work: number): Promise<Buffer> {
  const cost = { N: 2 ** work, r: 8, p: 1, maxmem: 2 ** work * 1024 + (16 << 20) };
  const salted = Buffer.concat([Buffer.from(label), salt]);
  return await new Promise<Buffer>((resolve, reject) => {
    scrypt(passphrase, salted, 32, cost, (error, key) => error ? reject(error) : resolve(key));
  });
}

/** Wraps the file key with a passphrase; the only recipient of its file. */
export function passphraseRecipient(passphrase: string, work: number = usualWork): Recipient {
  return {
    async wrapFileKey(fileKey): Promise<Stanza[]> {
      const salt = randomBytes(16);
      const key = await wrappingKey(passphrase, salt, work);
      const cipher = createCipheriv("chacha20-poly1305", key, new Uint8Array(12), {
        authTagLength: 16,
      });
      const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
      const args = ["scrypt", salt.toString("base64").replace(/=+$/, ""), String(work)];
      return [new Stanza(args, new Uint8Array(body))];
    },
  };
}

/** Unwraps the file key with a passphrase. */
export function passphraseIdentity(passphrase: string): Identity {
  return {
    async unwrapFileKey(stanzas): Promise<Uint8Array | null> {
      const stanza = stanzas.find(({ args }) => args[0] === "scrypt");
      if (stanza === undefined) return null;
      const [, salt = "", work = ""] = stanza.args;
      const sound = stanzas.length === 1 && stanza.args.length === 3 && stanza.body.length === 32 &&
        /^[A-Za-z0-9+/]{22}$/.test(salt) && /^[1-9][0-9]?$/.test(work) && Number(work) <= mostWork;
      if (!sound) throw new Error("the passphrase stanza is damaged, or asks for too much work");
      const key = await wrappingKey(passphrase, Buffer.from(salt, "base64"), Number(work));
      return unwrapped(key, stanza.body);
    },
  };
}

/** The file key; `null` where the wrapping key is another. */
function unwrapped(key: Buffer, body: Uint8Array): Uint8Array | null {
  const cipher = createDecipheriv("chacha20-poly1305", key, new Uint8Array(12), {
    authTagLength: 16,
  });
  cipher.setAuthTag(body.subarray(16));
  const fileKey = cipher.update(body.subarray(0, 16));
  try {
    cipher.final();
    return new Uint8Array(fileKey);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
