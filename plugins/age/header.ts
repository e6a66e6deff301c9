/**
 * The head of an age file, by the library: who can open it, and with which key.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { Decrypter, Encrypter } from "age-encryption";
import { type ByteSource, TargetError } from "../../core/extend/mod.ts";
import { recipientProblem } from "./recipient_problem.ts";
import { passphraseIdentity, passphraseRecipient } from "./passphrase.ts";
import { damaged, saltSize } from "./payload.ts";

/** The line that every age file begins with. */
export const ageMagic: Uint8Array<ArrayBuffer> = new TextEncoder().encode(
  "age-encryption.org/v1\n",
);

/** Bytes of a header at most: some hundred recipients. */
const mostHeader = 64 * 1024;

/** For whom a file is encrypted: recipients or a passphrase, not both. */
export interface SealingKeys {
  /** `age1…`, each of whom can open it. */
  readonly recipients?: readonly string[] | undefined;
  /** What opens it. */
  readonly passphrase?: string | undefined;
  /** log2 of the work for the passphrase; 18 by default. */
  readonly work?: number | undefined;
}

/** What opens a file. */
export interface OpeningKeys {
  /** `AGE-SECRET-KEY-…`, tried in turn. */
  readonly identities?: readonly string[] | undefined;
  /** Tried after them. */
  readonly passphrase?: string | undefined;
}

/** A header and the key of its file. */
export interface Sealing {
  readonly header: Uint8Array<ArrayBuffer>;
  readonly fileKey: Uint8Array;
}

/** Makes the header of a new file. Throws `invalid` where nobody could open it. */
export async function newHeader(
  { recipients = [], passphrase, work }: SealingKeys,
): Promise<Sealing> {
  if (recipients.length === 0 && passphrase === undefined) {
    throw new TargetError("invalid", "Cannot encrypt: no recipient and no passphrase is set", {
      hint: "Set recipients (age1…), an identity file or a passphrase.",
    });
  }
  if (recipients.length > 0 && passphrase !== undefined) {
    throw new TargetError("invalid", "Cannot encrypt for recipients and a passphrase at once", {
      hint: "Remove one of the two.",
    });
  }
  const encrypter = new Encrypter();
  for (const recipient of recipients) addRecipient(encrypter, recipient);
  if (passphrase !== undefined) encrypter.addRecipient(passphraseRecipient(passphrase, work));
  let fileKey = new Uint8Array(0);
  // The last recipient wraps nothing: it only learns the key, for the body that is ours.
  encrypter.addRecipient({
    wrapFileKey(key) {
      fileKey = new Uint8Array(key);
      return [];
    },
  });
  const empty = await encrypter.encrypt(new Uint8Array(0));
  return { header: empty.slice(0, empty.length - saltSize - 16), fileKey };
}

/** Adds a recipient, or says that it is none. */
function addRecipient(encrypter: Encrypter, recipient: string): void {
  try {
    encrypter.addRecipient(recipient);
  } catch (cause) {
    const why = recipientProblem(recipient) ?? "it cannot be used";
    throw new TargetError("invalid", `Cannot encrypt for a recipient: ${why}`, {
      hint: "A recipient looks like age1…: `age-keygen -y key.txt` prints that of an identity.",
      cause,
    });
  }
}

/**
 * Reads the header and gives the key of the file. Throws `denied` where none of
 * the keys opens it, `corrupt` where it is damaged or no age file.
 */
export async function openHeader(source: ByteSource, keys: OpeningKeys): Promise<Uint8Array> {
  const header = await readHeader(source);
  const decrypter = new Decrypter();
  for (const identity of keys.identities ?? []) addIdentity(decrypter, identity);
  if (keys.passphrase !== undefined) decrypter.addIdentity(passphraseIdentity(keys.passphrase));
  let noneFits = false;
  // Asked last, after every key has passed.
  decrypter.addIdentity({
    unwrapFileKey() {
      noneFits = true;
      return null;
    },
  });
  try {
    return await decrypter.decryptHeader(header);
  } catch (cause) {
    if (!noneFits) throw damaged("its header is damaged", cause);
    throw new TargetError("denied", "Cannot decrypt the age data: no key at hand opens it", {
      hint: "Give the identity or the passphrase that it was encrypted for.",
      cause,
    });
  }
}

/** Adds an identity, or says that it is none, without showing it. */
function addIdentity(decrypter: Decrypter, identity: string): void {
  try {
    decrypter.addIdentity(identity);
  } catch {
    // The library's error may show a part of the secret: it is not kept.
    throw new TargetError("invalid", "Cannot use an identity: it is no age identity", {
      hint: "An identity looks like AGE-SECRET-KEY-1…, one a line.",
    });
  }
}

/** The header, with its last line. */
async function readHeader(source: ByteSource): Promise<Uint8Array<ArrayBuffer>> {
  const begun = await source.read(ageMagic.length);
  if (!Buffer.from(begun).equals(ageMagic)) throw damaged("it is no age file");
  const bytes = [...begun];
  for (let line = ""; !line.startsWith("---");) {
    line = "";
    for (let character = ""; character !== "\n";) {
      const [byte] = await source.read(1);
      if (byte === undefined) throw damaged("it is cut off");
      if (bytes.push(byte) > mostHeader) throw damaged("its header is too long");
      character = String.fromCharCode(byte);
      line += character;
    }
  }
  return new Uint8Array(bytes);
}
